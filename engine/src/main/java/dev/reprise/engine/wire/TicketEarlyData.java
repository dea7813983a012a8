/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * uint32 max_early_data_size;
 * }</pre>
 *
 * RFC 8446, Section 4.2.10, in a NewSessionTicket.
 *
 * @param maxEarlyDataSize bytes of 0-RTT data that may be sent under the ticket: a uint32
 */
public record TicketEarlyData(long maxEarlyDataSize) implements Extension {
  static TicketEarlyData read(TlsReader in) throws TlsException {
    return new TicketEarlyData(in.uint32("max_early_data_size"));
  }

  @Override
  public int type() {
    return ExtensionType.EARLY_DATA;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint32(maxEarlyDataSize);
  }
}
