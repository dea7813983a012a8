/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * enum { psk_ke(0), psk_dhe_ke(1), (255) } PskKeyExchangeMode;
 * struct { PskKeyExchangeMode ke_modes<1..255>; } PskKeyExchangeModes;
 * }</pre>
 *
 * RFC 8446, Section 4.2.9.
 *
 * @param modes one byte each, at least one
 */
public record PskKeyExchangeModes(Opaque modes) implements Extension {
  public static final int PSK_KE = 0;
  public static final int PSK_DHE_KE = 1;

  /** Whether {@code mode} is among them. */
  public boolean contains(int mode) {
    for (int i = 0; i < modes.length(); i++) {
      if (modes.at(i) == mode) {
        return true;
      }
    }
    return false;
  }

  static PskKeyExchangeModes read(TlsReader in) throws TlsException {
    return new PskKeyExchangeModes(in.opaque8(1, 0xff, "ke_modes"));
  }

  @Override
  public int type() {
    return ExtensionType.PSK_KEY_EXCHANGE_MODES;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque8(modes);
  }
}
