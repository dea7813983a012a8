/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.reprise.interop.Program;
import dev.reprise.testkit.FreePorts;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Starting servers that are programs. */
final class Programs {
  private static final int MOST_TRIES = 5;

  /** A server that has said that it listens. */
  record Listening(Program program, int port) {}

  private Programs() {}

  /** For servers that cannot take any port and say which: a free one may be gone meanwhile. */
  static Listening onFreePort(IntFunction<List<String>> command, String ready) throws IOException {
    for (int tries = 1; ; tries++) {
      int port = FreePorts.next();
      Program program = Program.start(command.apply(port));
      try {
        assertNotNull(program.await(ready));
        return new Listening(program, port);
      } catch (AssertionError e) {
        program.close();
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /** The same for servers that do not say when they listen. */
  static Listening onFreePort(IntFunction<List<String>> command) throws IOException {
    for (int tries = 1; ; tries++) {
      int port = FreePorts.next();
      Program program = Program.start(command.apply(port));
      if (listens(program, port)) {
        return new Listening(program, port);
      }
      program.close();
      if (tries == MOST_TRIES) {
        throw new AssertionError(command.apply(port) + " does not listen");
      }
    }
  }

  private static boolean listens(Program program, int port) {
    long start = System.nanoTime();
    while (program.runs() && System.nanoTime() - start < Program.PATIENCE.toNanos()) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return true;
      } catch (IOException _) {
        LockSupport.parkNanos(10_000_000);
      }
    }
    return false;
  }

  static TestIdentity.PemFiles serverFiles(Path directory) throws IOException {
    return TestCertificates.server(KeyKind.ECDSA_P256).writePem(directory, "server");
  }

  static TestIdentity.PemFiles clientFiles(Path directory) throws IOException {
    return TestCertificates.client(KeyKind.ECDSA_P256).writePem(directory, "client");
  }

  static String rootFile(Path directory) throws IOException {
    return TestCertificates.authority().writePem(directory).toString();
  }

  /** The first line that a program writes with {@code command}. */
  static String versionOf(String... command) throws IOException {
    return Program.output("", List.of(command)).getFirst().strip();
  }
}
