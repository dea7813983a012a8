/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.fleet.keyfiles.FuzzedKeyFile;
import dev.reprise.fleet.keyfiles.KeyFileFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code uint8 format, opaque file[rest]}: ticket key files of four servers, and their names. */
public final class KeyFileTarget {
  static final List<KeyFileFormat> FORMATS = List.of(KeyFileFormat.values());

  /** Instead of a format: the text of an option that names files. */
  static final int NAMES = FORMATS.size();

  private KeyFileTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    boolean _ = Allocation.bounded(bytes.length, () -> reads(bytes));
  }

  /** Whether it is a file of keys, or names some. */
  static boolean reads(byte[] bytes) {
    Input input = new Input(bytes);
    int kind = input.uint8() % (NAMES + 1);
    byte[] rest = input.rest();
    return kind == NAMES
        ? FuzzedKeyFile.names(new String(rest, StandardCharsets.UTF_8))
        : FuzzedKeyFile.reads(FORMATS.get(kind), rest);
  }
}
