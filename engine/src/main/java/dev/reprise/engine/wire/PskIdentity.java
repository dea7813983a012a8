/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * A ticket that a client offers to resume with.
 *
 * <pre>{@code
 * struct {
 *     opaque identity<1..2^16-1>;
 *     uint32 obfuscated_ticket_age;
 * } PskIdentity;
 * }</pre>
 *
 * RFC 8446, Section 4.2.11.
 *
 * @param obfuscatedTicketAge a uint32: the age in milliseconds plus ticket_age_add, modulo 2^32
 */
public record PskIdentity(Opaque identity, long obfuscatedTicketAge) {
  static PskIdentity read(TlsReader in) throws TlsException {
    return new PskIdentity(in.opaque16(1, "identity"), in.uint32("obfuscated_ticket_age"));
  }

  void write(TlsWriter out) {
    out.opaque16(identity).uint32(obfuscatedTicketAge);
  }
}
