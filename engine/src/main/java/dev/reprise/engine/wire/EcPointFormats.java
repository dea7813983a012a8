/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * enum { uncompressed(0), deprecated(1..2), reserved(248..255) } ECPointFormat;
 * struct { ECPointFormat ec_point_format_list<1..2^8-1> } ECPointFormatList;
 * }</pre>
 *
 * RFC 8422, Section 5.1.2.
 *
 * @param formats one byte each, at least one
 */
public record EcPointFormats(Opaque formats) implements Extension {
  static EcPointFormats read(TlsReader in) throws TlsException {
    return new EcPointFormats(in.opaque8(1, 0xff, "ec_point_format_list"));
  }

  /** RFC 8422, Section 5.1.2: the list "MUST contain the value 0 (uncompressed)". */
  public boolean hasUncompressed() {
    for (int i = 0; i < formats.length(); i++) {
      if (formats.at(i) == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int type() {
    return ExtensionType.EC_POINT_FORMATS;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque8(formats);
  }
}
