/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code struct { } HelloRequest;}</pre>
 *
 * RFC 5246, Section 7.4.1.1: the server's wish for a renegotiation.
 */
public record HelloRequest() implements HandshakeMessage {
  @Override
  public HandshakeType type() {
    return HandshakeType.HELLO_REQUEST;
  }

  @Override
  public void write(TlsWriter body) {}
}
