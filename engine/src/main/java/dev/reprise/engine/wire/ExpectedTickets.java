/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {
 *     uint8 expected_count;
 * } TicketRequestContents;
 * }</pre>
 *
 * RFC 9149, Section 3, in EncryptedExtensions: "The number of tickets the server expects to send in
 * this connection."
 *
 * @param count 0 to 255
 */
public record ExpectedTickets(int count) implements Extension {
  public ExpectedTickets {
    if ((count & ~0xff) != 0) {
      throw new IllegalArgumentException("0 to 255 tickets can be announced, not " + count);
    }
  }

  static ExpectedTickets read(TlsReader in) throws TlsException {
    return new ExpectedTickets(in.uint8("expected_count"));
  }

  @Override
  public int type() {
    return ExtensionType.TICKET_REQUEST;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint8(count);
  }
}
