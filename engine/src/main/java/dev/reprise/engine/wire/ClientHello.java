/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * The first message of both versions.
 *
 * <pre>{@code
 * struct {
 *     ProtocolVersion legacy_version = 0x0303;
 *     Random random;
 *     opaque legacy_session_id<0..32>;
 *     CipherSuite cipher_suites<2..2^16-2>;
 *     opaque legacy_compression_methods<1..2^8-1>;
 *     Extension extensions<8..2^16-1>;
 * } ClientHello;
 * }</pre>
 *
 * RFC 8446, Section 4.1.2; RFC 5246, Section 7.4.1.2, where the extensions may be absent.
 *
 * @param legacyVersion the highest version offered, unless supported_versions says otherwise
 * @param random 32 bytes
 * @param sessionId up to 32 bytes: the TLS 1.2 session to resume, or the compatibility mode's value
 * @param compressionMethods at least one byte
 */
public record ClientHello(
    int legacyVersion,
    Opaque random,
    Opaque sessionId,
    Uint16List cipherSuites,
    Opaque compressionMethods,
    Extensions extensions)
    implements HandshakeMessage {
  static ClientHello read(TlsReader in) throws TlsException {
    return new ClientHello(
        in.uint16("legacy_version"),
        in.opaque(32, "random"),
        in.opaque8(0, 32, "legacy_session_id"),
        in.codes16(1, "cipher_suites"),
        in.opaque8(1, 0xff, "legacy_compression_methods"),
        Extensions.readOptional(ExtensionContext.CLIENT_HELLO, in));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.CLIENT_HELLO;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint16(legacyVersion)
        .opaque(random)
        .opaque8(sessionId)
        .codes16(cipherSuites)
        .opaque8(compressionMethods);
    extensions.writeOptional(body);
  }
}
