/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.SupportedVersions;
import dev.reprise.engine.wire.TlsException;

/** The first state of a server: agrees on the version and hands over to it. */
public record ServerExpectClientHello(ServerConfig config, HandshakeOutput out)
    implements ServerState {
  /** TLS_FALLBACK_SCSV: RFC 7507. */
  private static final int FALLBACK_SCSV = 0x5600;

  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (!(message instanceof ClientHello hello)) {
      throw HandshakeState.unexpected(message, "a ClientHello");
    }
    Ssl30.refuse(hello.legacyVersion());
    ProtocolVersion version = negotiate(hello);
    out.negotiated(version);
    ClientOffer offer = ClientOffer.of(hello);
    return switch (version) {
      case TLS13 -> new Tls13ServerHandshake(config, out).firstHello(offer, encoded);
      case TLS12 -> new Tls12ServerHandshake(config, out, offer).hello(encoded);
    };
  }

  /**
   * RFC 8446, Section 4.2.1: "If this extension is present in the ClientHello, servers MUST NOT use
   * the ClientHello.legacy_version value for version negotiation".
   */
  private ProtocolVersion negotiate(ClientHello hello) throws TlsException {
    SupportedVersions supported = hello.extensions().find(SupportedVersions.class);
    ProtocolVersion version = supported == null ? fromLegacy(hello) : fromList(supported);
    if (version == null) {
      throw TlsException.incompatible(
          AlertDescription.PROTOCOL_VERSION, "The client offers no version that is served here");
    }
    refuseFallback(hello, version);
    return version;
  }

  private @org.jspecify.annotations.Nullable ProtocolVersion fromList(SupportedVersions supported) {
    if (config.serves(ProtocolVersion.TLS13)
        && supported.versions().contains(ProtocolVersion.TLS13.code())) {
      return ProtocolVersion.TLS13;
    }
    return config.serves(ProtocolVersion.TLS12)
            && supported.versions().contains(ProtocolVersion.TLS12.code())
        ? ProtocolVersion.TLS12
        : null;
  }

  private @org.jspecify.annotations.Nullable ProtocolVersion fromLegacy(ClientHello hello) {
    return config.serves(ProtocolVersion.TLS12)
            && hello.legacyVersion() >= ProtocolVersion.TLS12.code()
        ? ProtocolVersion.TLS12
        : null;
  }

  /**
   * RFC 7507, Section 3: "If TLS_FALLBACK_SCSV appears in ClientHello.cipher_suites and the highest
   * protocol version supported by the server is higher than the version indicated in
   * ClientHello.client_version, the server MUST respond with a fatal inappropriate_fallback alert".
   */
  private void refuseFallback(ClientHello hello, ProtocolVersion version) throws TlsException {
    if (version == ProtocolVersion.TLS12
        && config.serves(ProtocolVersion.TLS13)
        && hello.cipherSuites().contains(FALLBACK_SCSV)) {
      throw TlsException.incompatible(
          AlertDescription.INAPPROPRIATE_FALLBACK, "The client fell back below what both support");
    }
  }
}
