/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.wire.TlsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/** One test: a first connection, and as many after it as the flags say. */
final class Shim {
  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int UNIMPLEMENTED = 89;

  /**
   * How a test ended.
   *
   * @param exitCode 0: as the flags expect; 89: not implemented here; 1: in any other way
   * @param output for standard output
   * @param error for standard error
   */
  record Outcome(int exitCode, String output, String error) {}

  private Shim() {}

  static Outcome run(List<String> arguments) {
    try {
      Flags.Parsed flags = Flags.parse(arguments);
      if (flags.initial().isHandshakerSupported) {
        return new Outcome(PASSED, "No\n", "");
      }
      connections(flags);
      return new Outcome(PASSED, "", "");
    } catch (UnimplementedException e) {
      return new Outcome(UNIMPLEMENTED, "", e.getMessage() + "\n");
    } catch (TlsException e) {
      return new Outcome(FAILED, "", sentence(e) + "\n");
    } catch (UnexpectedException | IOException | GeneralSecurityException | RuntimeException e) {
      return new Outcome(FAILED, "", e + "\n");
    }
  }

  /** The alert, its side and the sentence: one of them is what the error map maps to. */
  private static String sentence(TlsException e) {
    Throwable cause = e.getCause();
    return e.failure().getClass().getSimpleName()
        + " "
        + e.alert().rfcName()
        + ": "
        + e.failure().sentence()
        + (cause == null ? "" : " (" + cause + ")");
  }

  private static void connections(Flags.Parsed flags)
      throws IOException, GeneralSecurityException, TlsException, UnexpectedException {
    Memory memory = new Memory();
    for (int i = 0; i <= flags.initial().resumeCount; i++) {
      Settings settings = i == 0 ? flags.initial() : flags.resume();
      connection(settings, i > 0, memory);
      memory.moveClock(Duration.ofSeconds(settings.resumptionDelay));
      if (settings.renewTicket) {
        memory.rotateTicketKeys();
      }
    }
  }

  private static void connection(Settings settings, boolean second, Memory memory)
      throws IOException, GeneralSecurityException, TlsException, UnexpectedException {
    CryptoProvider crypto = JcaCryptoProvider.create(memory.random);
    ObservedSignatures signatures = new ObservedSignatures(crypto.signatures());
    Configurations configurations =
        new Configurations(settings, memory, signatures.in(crypto), new OwnIdentity(settings));
    Expectations expectations = new Expectations(settings, second, memory, signatures);
    try (Wire wire = new Wire(settings)) {
      TlsConnection tls =
          settings.server
              ? TlsConnection.server(configurations.server())
              : TlsConnection.client(configurations.client());
      new Exchange(settings, tls, wire, expectations).run();
    }
  }
}
