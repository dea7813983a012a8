/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * The proof of having the keys and of having seen the same handshake.
 *
 * <pre>{@code
 * struct { opaque verify_data[Hash.length]; } Finished;
 * }</pre>
 *
 * RFC 8446, Section 4.4.4. In TLS 1.2 there are 12 bytes: RFC 5246, Section 7.4.9.
 */
public record Finished(Opaque verifyData) implements HandshakeMessage {
  private static final int TLS12_LENGTH = 12;
  private static final int SHA256_LENGTH = 32;
  private static final int SHA384_LENGTH = 48;

  static Finished readTls12(TlsReader in) throws TlsException {
    return new Finished(in.opaque(TLS12_LENGTH, "verify_data"));
  }

  /** That the length is that of the negotiated hash shows when it is compared. */
  static Finished readTls13(TlsReader in) throws TlsException {
    int length = in.remaining() > SHA256_LENGTH ? SHA384_LENGTH : SHA256_LENGTH;
    return new Finished(in.opaque(length, "verify_data"));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.FINISHED;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque(verifyData);
  }
}
