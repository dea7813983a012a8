/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes the HkdfLabel of RFC 8446, Section 7.1.
 *
 * <pre>
 * struct {
 *     uint16 length;
 *     opaque label&lt;7..255&gt; = "tls13 " + Label;
 *     opaque context&lt;0..255&gt; = Context;
 * } HkdfLabel;
 * </pre>
 */
final class HkdfLabel {
  private static final Map<String, byte[]> KNOWN =
      Map.ofEntries(
          known("ext binder"),
          known("res binder"),
          known("c e traffic"),
          known("e exp master"),
          known("derived"),
          known("c hs traffic"),
          known("s hs traffic"),
          known("c ap traffic"),
          known("s ap traffic"),
          known("exp master"),
          known("res master"),
          known("resumption"),
          known("exporter"),
          known("traffic upd"),
          known("finished"),
          known("key"),
          known("iv"));

  private HkdfLabel() {}

  /** The label as it goes on the wire, without its length; not to be written to. */
  static byte[] label(String label) {
    byte[] known = KNOWN.get(label);
    return known != null ? known : encode(label);
  }

  /** How many bytes {@link #write} fills. */
  static int length(byte[] label, byte[] context) {
    return 2 + 1 + label.length + 1 + context.length;
  }

  static void write(int length, byte[] label, byte[] context, byte[] out) {
    out[0] = (byte) (length >>> 8);
    out[1] = (byte) length;
    int at = writeVector(label, out, 2);
    writeVector(context, out, at);
  }

  private static int writeVector(byte[] bytes, byte[] out, int at) {
    if (bytes.length > 255) {
      throw new IllegalArgumentException("A label or context of " + bytes.length + " bytes");
    }
    out[at] = (byte) bytes.length;
    System.arraycopy(bytes, 0, out, at + 1, bytes.length);
    return at + 1 + bytes.length;
  }

  private static byte[] encode(String label) {
    if (label.isEmpty()) {
      throw new IllegalArgumentException("A label must not be empty");
    }
    return ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
  }

  private static Map.Entry<String, byte[]> known(String label) {
    return Map.entry(label, encode(label));
  }
}
