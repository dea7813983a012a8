/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct { Extension extensions<0..2^16-1>; } EncryptedExtensions;
 * }</pre>
 *
 * RFC 8446, Section 4.3.1: what the server answers to extensions that need no secrecy from the key
 * exchange.
 */
public record EncryptedExtensions(Extensions extensions) implements HandshakeMessage {
  static EncryptedExtensions read(TlsReader in) throws TlsException {
    return new EncryptedExtensions(Extensions.read(ExtensionContext.ENCRYPTED_EXTENSIONS, in));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.ENCRYPTED_EXTENSIONS;
  }

  @Override
  public void write(TlsWriter body) {
    extensions.write(body);
  }
}
