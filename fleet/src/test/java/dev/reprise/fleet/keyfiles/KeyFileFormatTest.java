/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files written by hand from the layouts of their servers. */
class KeyFileFormatTest {
  private static final byte[] NAME = Keys.random(1, 16);
  private static final byte[] AES16 = Keys.random(2, 16);
  private static final byte[] HMAC16 = Keys.random(3, 16);
  private static final byte[] AES32 = Keys.random(4, 32);
  private static final byte[] HMAC32 = Keys.random(5, 32);

  @TempDir private Path directory;

  @Test
  void readsKeysOfNginx() throws Exception {
    Path shorter = Keys.write(directory.resolve("a"), Keys.join(NAME, AES16, HMAC16));
    Path longer = Keys.write(directory.resolve("b"), Keys.join(Keys.random(6, 16), HMAC32, AES32));
    KeyFiles files = Keys.files(KeyFileFormat.NGINX, shorter, longer);
    List<FileKey> keys = files.readGood();
    assertKey(NAME, AES16, HMAC16, keys.get(0));
    assertKey(Keys.random(6, 16), AES32, HMAC32, keys.get(1));
    assertEquals(KeyRole.SEALS, files.role(0, keys));
    assertEquals(KeyRole.OPENS, files.role(1, keys));
    assertEquals(longer.toString(), keys.get(1).place());
  }

  @Test
  void readsTheKeyOfHttpd() throws Exception {
    Path path = Keys.write(directory.resolve("key"), Keys.join(NAME, HMAC16, AES16));
    KeyFiles files = Keys.files(KeyFileFormat.HTTPD, path);
    List<FileKey> keys = files.readGood();
    assertKey(NAME, AES16, HMAC16, keys.getFirst());
    assertEquals(KeyRole.SEALS, files.role(0, keys));
  }

  @Test
  void readsKeysOfEnvoy() throws Exception {
    Path first = Keys.write(directory.resolve("a"), Keys.join(NAME, HMAC32, AES32));
    Path second = Keys.write(directory.resolve("b"), Keys.random(7, 80));
    KeyFiles files = Keys.files(KeyFileFormat.ENVOY, first, second);
    List<FileKey> keys = files.readGood();
    assertKey(NAME, AES32, HMAC32, keys.getFirst());
    assertEquals(KeyRole.SEALS, files.role(0, keys));
    assertEquals(KeyRole.OPENS, files.role(1, keys));
  }

  @ParameterizedTest
  @CsvSource({"48, \\n", "48, \\r\\n", "80, \\n"})
  void readsKeysOfHaproxy(int length, String end) throws Exception {
    byte[] aes = length == 48 ? AES16 : AES32;
    byte[] hmac = length == 48 ? HMAC16 : HMAC32;
    String lineEnd = end.replace("\\r", "\r").replace("\\n", "\n");
    String text =
        String.join(
            lineEnd,
            Keys.base64(Keys.random(8, length)),
            Keys.base64(Keys.join(NAME, aes, hmac)),
            Keys.base64(Keys.random(9, length)),
            "");
    KeyFiles files = haproxy(text);
    List<FileKey> keys = files.readGood();
    assertEquals(3, keys.size());
    assertKey(NAME, aes, hmac, keys.get(1));
    assertEquals(KeyRole.OPENS, files.role(0, keys));
    assertEquals(KeyRole.SEALS, files.role(1, keys));
    assertEquals(KeyRole.SEALS_NEXT, files.role(2, keys));
    assertEquals(directory.resolve("keys") + ", line 2", keys.get(1).place());
  }

  @Test
  void takesTheLastThreeLinesOfHaproxy() throws Exception {
    // The last line need not end.
    List<FileKey> keys = haproxy(Keys.lines(80, 10, 11, 12, 13, 14).stripTrailing()).readGood();
    assertEquals(
        List.of(12L, 13L, 14L),
        keys.stream().map(key -> key.name().at(0)).map(KeyFileFormatTest::seed).toList());
  }

  private static long seed(int firstByte) {
    for (long seed = 10; seed < 15; seed++) {
      if ((Keys.random(seed, 80)[0] & 0xff) == firstByte) {
        return seed;
      }
    }
    return -1;
  }

  private KeyFiles haproxy(String text) throws IOException {
    return Keys.files(KeyFileFormat.HAPROXY, Keys.write(directory.resolve("keys"), text));
  }

  private static void assertKey(byte[] name, byte[] aes, byte[] hmac, FileKey key) {
    assertArrayEquals(name, key.name().toArray());
    assertArrayEquals(aes, key.aes().reveal());
    assertArrayEquals(hmac, key.hmac().reveal());
    assertEquals(name.length + aes.length + hmac.length, key.length());
  }
}
