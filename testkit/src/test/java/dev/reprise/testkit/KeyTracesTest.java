/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyTracesTest {
  private final byte[] key = random(1, 32);
  private final KeyTraces keys = KeyTraces.of("key", key);

  @ParameterizedTest
  @EnumSource(KeyTraces.Form.class)
  void findsEveryFormAtEveryPlace(KeyTraces.Form form) {
    for (int at = 0; at < 64; at++) {
      byte[] memory = random(2, 200);
      System.arraycopy(inForm(form), 0, memory, at, 32);
      assertEquals(
          List.of(new KeyTraces.Trace("key", form, 1000 + at, 32)),
          keys.in(memory, memory.length, 1000));
    }
  }

  @Test
  void findsEverySixteenBytesOfAKeyAndNoFewer() {
    for (int from = 0; from + 16 <= key.length; from++) {
      for (int at = 8; at < 16; at++) {
        byte[] memory = new byte[64];
        System.arraycopy(key, from, memory, at, 16);
        assertEquals(
            List.of(new KeyTraces.Trace("key", KeyTraces.Form.PLAIN, at, 16)),
            keys.in(memory, memory.length, 0));
        memory[at + 15] ^= 1;
        assertEquals(List.of(), keys.in(memory, memory.length, 0));
      }
    }
  }

  @Test
  void findsAKeyWhereTwoChunksOfAFileMeet(@TempDir Path directory) throws Exception {
    byte[] bytes = random(3, 3 << 20);
    for (int at : new int[] {0, (1 << 20) - 256 - 16, (1 << 20) - 256, (1 << 20) - 16, 2 << 20}) {
      byte[] memory = bytes.clone();
      System.arraycopy(key, 0, memory, at, 32);
      Path file = Files.write(directory.resolve("memory"), memory);
      assertEquals(
          List.of(new KeyTraces.Trace("key", KeyTraces.Form.PLAIN, at, 32)),
          MemoryScan.file(file, keys));
    }
  }

  private byte[] inForm(KeyTraces.Form form) {
    byte[] bytes = key.clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          switch (form) {
            case PLAIN -> key[i];
            case SWAPPED_32 -> key[i ^ 3];
            case SWAPPED_64 -> key[i ^ 7];
            case XORED_36 -> (byte) (key[i] ^ 0x36);
            case XORED_5C -> (byte) (key[i] ^ 0x5c);
          };
    }
    return bytes;
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Arrays.copyOf(bytes, length);
  }
}
