/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {
 *     uint32 ticket_lifetime_hint;
 *     opaque ticket<0..2^16-1>;
 * } NewSessionTicket;
 * }</pre>
 *
 * RFC 5077, Section 3.3.
 *
 * @param lifetimeHintSeconds 0 says nothing about the lifetime
 * @param ticket empty if the server, having announced one, will not give it after all
 */
public record NewSessionTicket12(long lifetimeHintSeconds, Opaque ticket)
    implements HandshakeMessage {
  static NewSessionTicket12 read(TlsReader in) throws TlsException {
    return new NewSessionTicket12(in.uint32("ticket_lifetime_hint"), in.opaque16(0, "ticket"));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.NEW_SESSION_TICKET;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint32(lifetimeHintSeconds).opaque16(ticket);
  }
}
