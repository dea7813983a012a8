/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code struct {} EndOfEarlyData;}</pre>
 *
 * RFC 8446, Section 4.5: no 0-RTT data follows any more.
 */
public record EndOfEarlyData() implements HandshakeMessage {
  @Override
  public HandshakeType type() {
    return HandshakeType.END_OF_EARLY_DATA;
  }

  @Override
  public void write(TlsWriter body) {}
}
