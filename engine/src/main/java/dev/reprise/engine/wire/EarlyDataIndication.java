/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {} Empty;
 * }</pre>
 *
 * RFC 8446, Section 4.2.10, in a ClientHello (0-RTT data follow) or EncryptedExtensions (they were
 * accepted). In a NewSessionTicket it is {@link TicketEarlyData}.
 */
public record EarlyDataIndication() implements Extension {
  @Override
  public int type() {
    return ExtensionType.EARLY_DATA;
  }

  @Override
  public void write(TlsWriter body) {}
}
