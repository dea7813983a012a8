/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each sentence names the file, what is wrong with it and the mend. */
class KeyFileRefusalTest {
  private static final String NEW_LINE = "`reprise keys generate --format haproxy --keys 1`";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "NGINX, 0, 48 or 80",
    "NGINX, 47, 48 or 80",
    "NGINX, 49, 48 or 80",
    "NGINX, 79, 48 or 80",
    "NGINX, 81, 48 or 80",
    "HTTPD, 47, 48",
    "HTTPD, 49, 48",
    "HTTPD, 80, 48",
    "ENVOY, 48, 80",
    "ENVOY, 79, 80",
    "ENVOY, 81, 80",
  })
  void wrongSize(KeyFileFormat format, int length, String wanted) throws Exception {
    Path path = Keys.write(directory.resolve("key"), Keys.random(1, length));
    refused(
        path
            + " has "
            + length
            + " bytes, but a ticket key of "
            + format.server()
            + " has "
            + wanted
            + "; make one with `reprise keys generate --format "
            + format.word()
            + " --out FILE`",
        Keys.files(format, path));
  }

  @Test
  void linesWhereBytesBelong() throws Exception {
    Path path = Keys.write(directory.resolve("key"), Keys.lines(48, 1, 2, 3));
    refused(
        path
            + " has 195 bytes, but a ticket key of nginx has 48 or 80; if this is a file of"
            + " HAProxy, write haproxy: before it",
        Keys.files(KeyFileFormat.NGINX, path));
  }

  @Test
  void wrongLines() throws Exception {
    Path path = directory.resolve("keys");
    String good = Keys.lines(48, 1, 2);
    refusedLines(
        path + ", line 3, is no base64; each line is one key of 48 or 80 bytes in base64",
        good + "?" + Keys.lines(48, 3));
    refusedLines(
        path + ", line 1, is no base64; each line is one key of 48 or 80 bytes in base64",
        "# keys\n" + good);
    String sizes =
        " bytes in base64, but a ticket key of HAProxy has 48 or 80; make one with " + NEW_LINE;
    refusedLines(path + ", line 3, has 47" + sizes, good + Keys.lines(47, 3));
    refusedLines(path + ", line 3, has 0" + sizes, good + "\n");
    refusedLines(
        path
            + ", line 3, has 80 bytes and the lines before it 48, but HAProxy wants keys of one"
            + " size in a file; make them of one size",
        good + Keys.lines(80, 3));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 keys", "1, 1 key", "2, 2 keys"})
  void tooFewLines(int count, String said) throws Exception {
    refusedLines(
        directory.resolve("keys")
            + " holds "
            + said
            + ", but HAProxy wants three at least: an older one, the one that seals, and the next;"
            + " add what "
            + NEW_LINE
            + " prints",
        Keys.lines(48, new long[] {1, 2}).substring(0, 65 * count));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          zero AES      | its AES key is all zero
          zero HMAC     | its HMAC key is all zero
          constant      | its AES key repeats one byte
          counting      | its HMAC key counts or is constant in a half of it
          equal halves  | its AES key and its HMAC key are the same
          name inside   | its AES key contains the key's name
          text          | it is text, which has half the randomness of bytes at most
          """)
  void weakKeys(String family, String weakness) throws Exception {
    Path path = Keys.write(directory.resolve("key"), weak(family));
    refused(
        path
            + " has a weak key ("
            + weakness
            + "); make another one with `reprise keys generate --format nginx --out FILE`",
        Keys.files(KeyFileFormat.NGINX, path));
  }

  private static byte[] weak(String family) {
    byte[] name = Keys.random(1, 16);
    byte[] aes = Keys.random(2, 16);
    byte[] hmac = Keys.random(3, 16);
    switch (family) {
      case "zero AES" -> Arrays.fill(aes, (byte) 0);
      case "zero HMAC" -> Arrays.fill(hmac, (byte) 0);
      case "constant" -> Arrays.fill(aes, (byte) 0xa5);
      case "counting" -> {
        for (int i = 0; i < 16; i++) {
          hmac[i] = (byte) (0x10 + i);
        }
      }
      case "equal halves" -> hmac = aes;
      case "name inside" -> aes = name;
      default -> {
        String hex = "5fb1a2a8d04e6b7c1c9e3d2f4a5b60718293a4b5c6d7e8f9";
        return hex.getBytes(StandardCharsets.US_ASCII);
      }
    }
    return Keys.join(name, aes, hmac);
  }

  @Test
  void twins() throws Exception {
    byte[] name = Keys.random(1, 16);
    byte[] one = Keys.random(2, 16);
    byte[] other = Keys.random(3, 16);
    Path first = Keys.write(directory.resolve("first"), Keys.join(name, one, other));
    String mend = first + "; put a key of its own at each place";
    Path copy = Keys.write(directory.resolve("copy"), Keys.join(name, one, other));
    refused(copy + " is the key of " + mend, Keys.files(KeyFileFormat.NGINX, first, copy));
    Path named = Keys.write(directory.resolve("named"), Keys.join(name, Keys.random(4, 32)));
    refused(
        named + " has the name of the key in " + mend,
        Keys.files(KeyFileFormat.NGINX, first, named));
    byte[] exchanged = Keys.join(Keys.random(5, 16), other, one);
    Path secret = Keys.write(directory.resolve("secret"), exchanged);
    refused(
        secret + " has the secret of the key in " + mend,
        Keys.files(KeyFileFormat.NGINX, first, secret));
    Path lines = directory.resolve("keys");
    refusedLines(
        lines + ", line 3 is the key of " + lines + ", line 1; put a key of its own at each place",
        Keys.lines(48, 1, 2, 1));
  }

  @Test
  void whatCannotBeRead() throws Exception {
    Path absent = directory.resolve("absent");
    refused(absent + " does not exist; check the path", Keys.files(KeyFileFormat.HTTPD, absent));
    refused(
        directory + " is a directory; name the file of ticket keys in it",
        Keys.files(KeyFileFormat.HTTPD, directory));
    Path device = Path.of("/dev/null");
    refused(
        device + " is no regular file; name a file that can be read again",
        Keys.files(KeyFileFormat.HTTPD, device));
    Path large = Keys.write(directory.resolve("large"), new byte[0]);
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((1 << 20) + 1);
    }
    refused(
        large + " is larger than 1 MiB, so it is no file of ticket keys; check the path",
        Keys.files(KeyFileFormat.HAPROXY, large));
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, may be read by every user",
    "------r--, may be read by every user",
    "rw-rw----, may be written by other users",
    "rw-----w-, may be written by other users"
  })
  void insecurePermissions(String mode, String said) throws Exception {
    Path path = Keys.write(directory.resolve("key"), Keys.random(1, 48));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    refused(
        path
            + " "
            + said
            + " ("
            + mode
            + "); say `chmod 600 "
            + path
            + "`, or allow it with --allow-insecure-permissions",
        Keys.files(KeyFileFormat.NGINX, path));
    if (mode.startsWith("r")) {
      assertEquals(1, new KeyFiles(KeyFileFormat.NGINX, List.of(path), true).readGood().size());
    }
  }

  @ParameterizedTest
  @CsvSource({"rw-------", "r--------", "rw-r-----", "r--r-----"})
  void securePermissions(String mode) throws Exception {
    Path path = Keys.write(directory.resolve("key"), Keys.random(1, 48));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    assertEquals(1, Keys.files(KeyFileFormat.NGINX, path).readGood().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          keys.bin      | 'keys.bin' names no format; write nginx:, haproxy:, httpd: or envoy: before the file
          apache:/a     | 'apache:/a' names no format; write nginx:, haproxy:, httpd: or envoy: before the file
          nginx:        | 'nginx:' has no file at one place; write FORMAT:FILE, and a comma between files
          envoy:/a,,/b  | 'envoy:/a,,/b' has no file at one place; write FORMAT:FILE, and a comma between files
          haproxy:/a,/b | 'haproxy:/a,/b' names 2 files, but HAProxy has one; name one
          httpd:/a,/b   | 'httpd:/a,/b' names 2 files, but httpd has one; name one
          """)
  void whatIsNoListOfFiles(String text, String sentence) {
    KeyFileException refusal =
        assertThrows(KeyFileException.class, () -> KeyFiles.parse(text, false));
    assertEquals(sentence, refusal.sentence());
  }

  @ParameterizedTest
  @EnumSource(KeyFileFormat.class)
  void listsOfFilesAreRead(KeyFileFormat format) throws Exception {
    String more = format.severalFiles() ? ",/d:e" : "";
    KeyFiles files = KeyFiles.parse(format.word() + ":/a/b c" + more, false);
    assertEquals(format, files.format());
    assertEquals(Path.of("/a/b c"), files.paths().getFirst());
    assertEquals(format.severalFiles() ? 2 : 1, files.paths().size());
  }

  private void refusedLines(String sentence, String text) throws Exception {
    Path path = Keys.write(directory.resolve("keys"), text);
    refused(sentence, Keys.files(KeyFileFormat.HAPROXY, path));
  }

  private static void refused(String sentence, KeyFiles files) {
    KeyFileException refusal = assertThrows(KeyFileException.class, files::readGood);
    assertEquals(sentence, refusal.sentence());
  }
}
