/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * A public key for one group.
 *
 * <pre>{@code
 * struct {
 *     NamedGroup group;
 *     opaque key_exchange<1..2^16-1>;
 * } KeyShareEntry;
 * }</pre>
 *
 * RFC 8446, Section 4.2.8.
 *
 * @param keyExchange at least one byte; what they mean depends on the group
 */
public record KeyShareEntry(int group, Opaque keyExchange) {
  static KeyShareEntry read(TlsReader in) throws TlsException {
    return new KeyShareEntry(in.uint16("group"), in.opaque16(1, "key_exchange"));
  }

  void write(TlsWriter out) {
    out.uint16(group).opaque16(keyExchange);
  }
}
