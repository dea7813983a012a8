/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {
 *     uint32 ticket_lifetime;
 *     uint32 ticket_age_add;
 *     opaque ticket_nonce<0..255>;
 *     opaque ticket<1..2^16-1>;
 *     Extension extensions<0..2^16-1>;
 * } NewSessionTicket;
 * }</pre>
 *
 * RFC 8446, Section 4.6.1; the upper bound of the extensions is that of RFC 9846, Section 4.7.1.
 *
 * @param lifetimeSeconds any uint32; that more than 604800 is too much is decided elsewhere
 * @param ageAdd a uint32, added modulo 2^32 to the age in milliseconds
 * @param ticket at least one byte
 */
public record NewSessionTicket13(
    long lifetimeSeconds, long ageAdd, Opaque nonce, Opaque ticket, Extensions extensions)
    implements HandshakeMessage {
  static NewSessionTicket13 read(TlsReader in) throws TlsException {
    return new NewSessionTicket13(
        in.uint32("ticket_lifetime"),
        in.uint32("ticket_age_add"),
        in.opaque8(0, 0xff, "ticket_nonce"),
        in.opaque16(1, "ticket"),
        Extensions.read(ExtensionContext.NEW_SESSION_TICKET, in));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.NEW_SESSION_TICKET;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint32(lifetimeSeconds).uint32(ageAdd).opaque8(nonce).opaque16(ticket);
    extensions.write(body);
  }
}
