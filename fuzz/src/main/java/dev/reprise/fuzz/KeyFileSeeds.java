/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.fleet.keyfiles.KeyFileFormat;
import dev.reprise.testkit.SeededRandom;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A good file of each format and length of key. */
final class KeyFileSeeds {
  private KeyFileSeeds() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    SeededRandom random = SeededRandom.of(9);
    for (KeyFileFormat format : KeyFileFormat.values()) {
      for (int length : format.keyLengths()) {
        byte[] file = format == KeyFileFormat.HAPROXY ? lines(random, length) : key(random, length);
        seeds.put(
            format.word() + "-" + length,
            Seeds.prefixed(KeyFileTarget.FORMATS.indexOf(format), file));
      }
    }
    byte[] names = "nginx:/a/b,c".getBytes(StandardCharsets.UTF_8);
    seeds.put("names", Seeds.prefixed(KeyFileTarget.NAMES, names));
    return seeds;
  }

  private static byte[] lines(SeededRandom random, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      out.writeBytes(Base64.getEncoder().encode(key(random, length)));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static byte[] key(SeededRandom random, int length) {
    byte[] key = new byte[length];
    random.nextBytes(key);
    return key;
  }
}
