/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * The server's answer, or a HelloRetryRequest, which is a ServerHello with a special random.
 *
 * <pre>{@code
 * struct {
 *     ProtocolVersion legacy_version = 0x0303;
 *     Random random;
 *     opaque legacy_session_id_echo<0..32>;
 *     CipherSuite cipher_suite;
 *     uint8 legacy_compression_method = 0;
 *     Extension extensions<6..2^16-1>;
 * } ServerHello;
 * }</pre>
 *
 * RFC 8446, Section 4.1.3; RFC 5246, Section 7.4.1.3, where the extensions may be absent.
 *
 * @param random 32 bytes
 * @param sessionId up to 32 bytes
 */
public record ServerHello(
    int legacyVersion,
    Opaque random,
    Opaque sessionId,
    int cipherSuite,
    int compressionMethod,
    Extensions extensions)
    implements HandshakeMessage {
  /** RFC 8446, Section 4.1.3: the SHA-256 of "HelloRetryRequest". */
  public static final Opaque HELLO_RETRY_REQUEST_RANDOM =
      Opaque.ofHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  /**
   * The last 8 bytes of the random of a server that has TLS 1.3 and negotiates TLS 1.2: RFC 8446,
   * Section 4.1.3.
   */
  public static final Opaque DOWNGRADE_TLS12 = Opaque.ofHex("444f574e47524401");

  /** The same for TLS 1.1 or older. */
  public static final Opaque DOWNGRADE_TLS11 = Opaque.ofHex("444f574e47524400");

  public boolean isHelloRetryRequest() {
    return random.equals(HELLO_RETRY_REQUEST_RANDOM);
  }

  private static ExtensionContext context(Opaque random) {
    return random.equals(HELLO_RETRY_REQUEST_RANDOM)
        ? ExtensionContext.HELLO_RETRY_REQUEST
        : ExtensionContext.SERVER_HELLO;
  }

  static ServerHello read(TlsReader in) throws TlsException {
    int legacyVersion = in.uint16("legacy_version");
    Opaque random = in.opaque(32, "random");
    return new ServerHello(
        legacyVersion,
        random,
        in.opaque8(0, 32, "legacy_session_id_echo"),
        in.uint16("cipher_suite"),
        in.uint8("legacy_compression_method"),
        Extensions.readOptional(context(random), in));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.SERVER_HELLO;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint16(legacyVersion)
        .opaque(random)
        .opaque8(sessionId)
        .uint16(cipherSuite)
        .uint8(compressionMethod);
    extensions.writeOptional(body);
  }
}
