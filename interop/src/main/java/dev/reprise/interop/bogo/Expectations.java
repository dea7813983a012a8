/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.ProtocolVersion;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the flags expect a connection to have come to. */
final class Expectations {
  private final Settings settings;
  private final boolean second;
  private final Memory memory;
  private final ObservedSignatures signatures;
  private final int putsBefore;

  /**
   * @param second whether an earlier connection has left something to resume
   */
  Expectations(Settings settings, boolean second, Memory memory, ObservedSignatures signatures) {
    this.settings = settings;
    this.second = second;
    this.memory = memory;
    this.signatures = signatures;
    this.putsBefore = memory.puts();
  }

  void afterHandshake(ConnectionInfo info, boolean retried)
      throws UnexpectedException, IOException {
    resumption(info);
    negotiated(info);
    peer(info);
    require(!settings.expectHrr || retried, "A HelloRetryRequest was expected");
    require(!settings.expectNoHrr || !retried, "No HelloRetryRequest was expected");
    if (!settings.server && info.version() == ProtocolVersion.TLS12) {
      newSession(!isResumed(info) || settings.expectTicketRenewal);
    }
  }

  /** Tickets of TLS 1.3 come after the handshake. */
  void atEnd(ConnectionInfo info) throws UnexpectedException {
    if (!settings.server && info.version() == ProtocolVersion.TLS13) {
      newSession(!settings.shimShutsDown);
    }
  }

  private void newSession(boolean usual) throws UnexpectedException {
    boolean expected = usual && !settings.expectNoSession;
    boolean got = memory.puts() > putsBefore;
    require(got == expected, got ? "No new session was expected" : "A new session was expected");
  }

  private void resumption(ConnectionInfo info) throws UnexpectedException {
    boolean expected = second && !settings.expectSessionMiss;
    require(
        isResumed(info) == expected,
        "Resumption was " + (expected ? "" : "not ") + "expected, not " + info.outcome());
    if (!second) {
      int kept = memory.sessions.size();
      require(!settings.expectSessionId || kept > 0, "The session was expected in the cache");
      require(!settings.expectNoSessionId || kept == 0, "No session was expected in the cache");
    }
  }

  private static boolean isResumed(ConnectionInfo info) {
    return info.outcome() instanceof ResumptionOutcome.Resumed;
  }

  private void negotiated(ConnectionInfo info) throws UnexpectedException {
    same("version", settings.expectVersion, info.version().code());
    same("suite", settings.expectCipher, info.suite().code());
    NamedGroup group = info.group();
    same("group", settings.expectCurveId, group == null ? -1 : group.code());
    require(
        !settings.expectExtendedMasterSecret || info.exporter() != null,
        "The extended master secret was expected");
    String protocol = settings.server ? settings.selectAlpn : settings.expectAlpn;
    require(
        Objects.equals(protocol, info.applicationProtocol()),
        "The protocol " + protocol + " was expected, not " + info.applicationProtocol());
    require(
        settings.expectServerName == null || settings.expectServerName.equals(info.serverName()),
        "Another server name was expected than " + info.serverName());
  }

  private void peer(ConnectionInfo info) throws UnexpectedException, IOException {
    SignatureScheme scheme = signatures.verified();
    // Nothing is signed when a session is resumed.
    if (!isResumed(info)) {
      same(
          "signature scheme",
          settings.expectPeerSignatureAlgorithm,
          scheme == null ? -1 : scheme.code());
    }
    require(
        settings.expectPeerCertFile == null
            || Pem.blocks(settings.expectPeerCertFile).equals(info.peerCertificates()),
        "Another certificate was expected of the peer");
    for (int i = 0; i < settings.expectPeerVerifyPrefs.size(); i++) {
      boolean has = i < info.peerSignatureSchemes().size();
      @Nullable Integer actual = has ? info.peerSignatureSchemes().at(i) : null;
      require(
          settings.expectPeerVerifyPrefs.get(i).equals(actual),
          "Other signature schemes of the peer were expected");
    }
  }

  private static void same(String what, int expected, int actual) throws UnexpectedException {
    require(
        expected == 0 || expected == actual,
        "The " + what + " " + expected + " was expected, not " + actual);
  }

  private static void require(boolean condition, String otherwise) throws UnexpectedException {
    if (!condition) {
      throw new UnexpectedException(otherwise);
    }
  }
}
