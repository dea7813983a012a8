/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.SelectedVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TlsException;
import org.jspecify.annotations.Nullable;

/**
 * The first state of a client: learns the version and goes on with it.
 *
 * @param retrySuite the suite of the HelloRetryRequest that came before; null: none came
 */
record ClientExpectServerHello(ClientHandshake handshake, @Nullable CipherSuite retrySuite)
    implements ClientState {

  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (!(message instanceof ServerHello hello)) {
      throw HandshakeState.unexpected(message, "a ServerHello");
    }
    ProtocolVersion version = version(hello);
    CipherSuite suite = suite(hello, version);
    refuseDowngrade(hello, version);
    refuseUnasked(hello, version);
    handshake.out.negotiated(version);
    return switch (version) {
      case TLS13 ->
          hello.isHelloRetryRequest()
              ? Tls13ClientRetry.retry(handshake, this, hello, suite, encoded)
              : new Tls13ClientHandshake(handshake, suite).serverHello(hello, encoded);
      case TLS12 -> new Tls12ClientHandshake(handshake, suite, hello).serverHello(encoded);
    };
  }

  /**
   * RFC 8446, Section 5: one that comes "at any time after the first ClientHello message has been
   * sent or received and before the peer's Finished message" MUST be dropped; how many, the record
   * layer limits.
   */
  @Override
  public HandshakeState changeCipherSpec() throws TlsException {
    return config().offers(ProtocolVersion.TLS13) ? this : ClientState.super.changeCipherSpec();
  }

  private ProtocolVersion version(ServerHello hello) throws TlsException {
    Ssl30.refuse(hello.legacyVersion());
    SelectedVersion selected = hello.extensions().find(SelectedVersion.class);
    if (selected == null) {
      ProtocolVersion legacy = ProtocolVersion.of(hello.legacyVersion());
      if (legacy != ProtocolVersion.TLS12
          || !config().offers(ProtocolVersion.TLS12)
          || retrySuite != null
          || hello.isHelloRetryRequest()) {
        throw TlsException.incompatible(
            AlertDescription.PROTOCOL_VERSION, "The server chose a version that is not offered");
      }
      return ProtocolVersion.TLS12;
    }
    // RFC 8446, Section 4.2.1: a version not offered, or one before TLS 1.3, is illegal here.
    if (selected.version() != ProtocolVersion.TLS13.code()
        || !config().offers(ProtocolVersion.TLS13)
        || hello.legacyVersion() != ProtocolVersion.TLS12.code()) {
      throw TlsException.illegalParameter("The server selected a version that is not offered");
    }
    return ProtocolVersion.TLS13;
  }

  private CipherSuite suite(ServerHello hello, ProtocolVersion version) throws TlsException {
    CipherSuite suite = CipherSuite.of(hello.cipherSuite());
    if (suite == null
        || suite.version() != version
        || !config().cipherSuites().contains(suite)
        || (retrySuite != null && suite != retrySuite)
        || hello.compressionMethod() != 0) {
      throw TlsException.illegalParameter(
          "The server selected a cipher suite or compression that is not offered");
    }
    if (version == ProtocolVersion.TLS13 && !hello.sessionId().equals(handshake.sessionId)) {
      // RFC 8446, Section 4.1.3: a client "MUST abort the handshake".
      throw TlsException.illegalParameter("The server does not echo the session ID");
    }
    return suite;
  }

  /** RFC 8446, Section 4.1.3: a client of TLS 1.3 "MUST check" for the downgrade sentinels. */
  private void refuseDowngrade(ServerHello hello, ProtocolVersion version) throws TlsException {
    Opaque tail = hello.random().slice(24, 8);
    if (version == ProtocolVersion.TLS12
        && config().offers(ProtocolVersion.TLS13)
        && (tail.equals(ServerHello.DOWNGRADE_TLS12) || tail.equals(ServerHello.DOWNGRADE_TLS11))) {
      throw TlsException.illegalParameter("The handshake was brought down from TLS 1.3");
    }
  }

  /** RFC 8446, Section 4.2: a response to an extension that was not sent is refused. */
  private void refuseUnasked(ServerHello hello, ProtocolVersion version) throws TlsException {
    switch (version) {
      case TLS13 -> ClientExtensionRules.checkServerHello13(hello);
      case TLS12 -> ClientExtensionRules.checkServerHello12(hello, handshake.hello());
    }
  }

  private ClientConfig config() {
    return handshake.config;
  }
}
