/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code struct { } ServerHelloDone;}</pre>
 *
 * RFC 5246, Section 7.4.5: the server waits for the client now.
 */
public record ServerHelloDone() implements HandshakeMessage {
  @Override
  public HandshakeType type() {
    return HandshakeType.SERVER_HELLO_DONE;
  }

  @Override
  public void write(TlsWriter body) {}
}
