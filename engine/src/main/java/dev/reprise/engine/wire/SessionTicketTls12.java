/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * RFC 5077, Section 3.2: the ticket itself, under no further length.
 *
 * @param ticket empty in a ClientHello: the client wants one; always empty in a ServerHello: the
 *     server will send one
 */
public record SessionTicketTls12(Opaque ticket) implements Extension {
  @Override
  public int type() {
    return ExtensionType.SESSION_TICKET;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque(ticket);
  }
}
