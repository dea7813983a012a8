/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** A conversation's records before and after there are keys, apart. */
final class RecordSeeds {
  private static final int FINISHED = 4;

  private RecordSeeds() {}

  static Map<String, byte[]> of(String name, int sealed, byte[]... scripts) {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    for (byte[] script : scripts) {
      ByteArrayOutputStream clear = new ByteArrayOutputStream();
      ByteArrayOutputStream closed = new ByteArrayOutputStream();
      Input input = new Input(script);
      while (input.hasMore()) {
        int kind = input.uint8();
        byte[] content = input.take(input.uint16());
        ByteArrayOutputStream out = (kind & sealed) != 0 ? closed : clear;
        out.write(kind);
        out.write(content.length >>> 8);
        out.write(content.length);
        out.writeBytes(content);
      }
      int protection = sealed == Records.PROTECTED_13 ? 1 : 2;
      seeds.put(name + "-clear" + seeds.size(), Seeds.prefixed(0, clear.toByteArray()));
      seeds.put(
          name + "-sealed" + seeds.size(),
          Seeds.prefixed(protection | FINISHED, closed.toByteArray()));
    }
    return seeds;
  }
}
