/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * Which extension is read how in which message: the table of RFC 8446, Section 4.2, with what TLS
 * 1.2 has beside it. What is not defined for a message becomes an {@link UnknownExtension} there.
 */
final class ExtensionReader {
  private ExtensionReader() {}

  static Extension read(int type, ExtensionContext context, TlsReader body) throws TlsException {
    Extension extension =
        switch (context) {
          case CLIENT_HELLO -> inClientHello(type, body);
          case SERVER_HELLO -> inServerHello(type, body);
          case HELLO_RETRY_REQUEST -> inHelloRetryRequest(type, body);
          case ENCRYPTED_EXTENSIONS -> inEncryptedExtensions(type, body);
          case CERTIFICATE -> unknown(type, body);
          case CERTIFICATE_REQUEST -> inCertificateRequest(type, body);
          case NEW_SESSION_TICKET -> inNewSessionTicket(type, body);
        };
    if (body.hasRemaining()) {
      body.end("The extension " + type);
    }
    return extension;
  }

  private static Extension inClientHello(int type, TlsReader body) throws TlsException {
    return switch (type) {
      case ExtensionType.SERVER_NAME -> ServerName.read(body);
      case ExtensionType.SUPPORTED_GROUPS -> SupportedGroups.read(body);
      case ExtensionType.EC_POINT_FORMATS -> EcPointFormats.read(body);
      case ExtensionType.SIGNATURE_ALGORITHMS -> SignatureAlgorithms.read(body);
      case ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION -> ApplicationProtocols.read(body);
      case ExtensionType.EXTENDED_MASTER_SECRET -> new ExtendedMasterSecret();
      case ExtensionType.SESSION_TICKET -> new SessionTicketTls12(body.rest());
      case ExtensionType.PRE_SHARED_KEY -> OfferedPsks.read(body);
      case ExtensionType.EARLY_DATA -> new EarlyDataIndication();
      case ExtensionType.SUPPORTED_VERSIONS -> SupportedVersions.read(body);
      case ExtensionType.COOKIE -> Cookie.read(body);
      case ExtensionType.PSK_KEY_EXCHANGE_MODES -> PskKeyExchangeModes.read(body);
      case ExtensionType.CERTIFICATE_AUTHORITIES -> CertificateAuthorities.read(body);
      case ExtensionType.POST_HANDSHAKE_AUTH -> new PostHandshakeAuth();
      case ExtensionType.SIGNATURE_ALGORITHMS_CERT -> SignatureAlgorithmsCert.read(body);
      case ExtensionType.KEY_SHARE -> ClientKeyShares.read(body);
      case ExtensionType.TICKET_REQUEST -> TicketRequest.read(body);
      case ExtensionType.RENEGOTIATION_INFO -> RenegotiationInfo.read(body);
      default -> unknown(type, body);
    };
  }

  /** Both versions' ServerHello: the version is known only when supported_versions was read. */
  private static Extension inServerHello(int type, TlsReader body) throws TlsException {
    return switch (type) {
      case ExtensionType.SERVER_NAME -> ServerName.ACKNOWLEDGED;
      case ExtensionType.EC_POINT_FORMATS -> EcPointFormats.read(body);
      case ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION -> ApplicationProtocols.read(body);
      case ExtensionType.EXTENDED_MASTER_SECRET -> new ExtendedMasterSecret();
      case ExtensionType.SESSION_TICKET -> new SessionTicketTls12(Opaque.EMPTY);
      case ExtensionType.PRE_SHARED_KEY -> SelectedPsk.read(body);
      case ExtensionType.SUPPORTED_VERSIONS -> SelectedVersion.read(body);
      case ExtensionType.KEY_SHARE -> ServerKeyShare.read(body);
      case ExtensionType.RENEGOTIATION_INFO -> RenegotiationInfo.read(body);
      default -> unknown(type, body);
    };
  }

  private static Extension inHelloRetryRequest(int type, TlsReader body) throws TlsException {
    return switch (type) {
      case ExtensionType.SUPPORTED_VERSIONS -> SelectedVersion.read(body);
      case ExtensionType.COOKIE -> Cookie.read(body);
      case ExtensionType.KEY_SHARE -> RetryKeyShare.read(body);
      default -> unknown(type, body);
    };
  }

  private static Extension inEncryptedExtensions(int type, TlsReader body) throws TlsException {
    return switch (type) {
      case ExtensionType.SERVER_NAME -> ServerName.ACKNOWLEDGED;
      case ExtensionType.SUPPORTED_GROUPS -> SupportedGroups.read(body);
      case ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION -> ApplicationProtocols.read(body);
      case ExtensionType.EARLY_DATA -> new EarlyDataIndication();
      case ExtensionType.TICKET_REQUEST -> ExpectedTickets.read(body);
      default -> unknown(type, body);
    };
  }

  private static Extension inCertificateRequest(int type, TlsReader body) throws TlsException {
    return switch (type) {
      case ExtensionType.SIGNATURE_ALGORITHMS -> SignatureAlgorithms.read(body);
      case ExtensionType.CERTIFICATE_AUTHORITIES -> CertificateAuthorities.read(body);
      case ExtensionType.SIGNATURE_ALGORITHMS_CERT -> SignatureAlgorithmsCert.read(body);
      default -> unknown(type, body);
    };
  }

  private static Extension inNewSessionTicket(int type, TlsReader body) throws TlsException {
    return switch (type) {
      case ExtensionType.EARLY_DATA -> TicketEarlyData.read(body);
      default -> unknown(type, body);
    };
  }

  private static Extension unknown(int type, TlsReader body) {
    return new UnknownExtension(type, body.rest());
  }
}
