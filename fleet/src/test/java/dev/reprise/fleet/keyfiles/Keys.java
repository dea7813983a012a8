/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import dev.reprise.testkit.SeededRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;

/** Key files made by hand. */
final class Keys {
  private Keys() {}

  static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    SeededRandom.of(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Writes a file that only its owner may read; moves it into its place if there is one. */
  static Path write(Path path, byte[] bytes) throws IOException {
    Path beside = path.resolveSibling(path.getFileName() + ".new");
    Files.write(beside, bytes);
    Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
    return Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
  }

  static Path write(Path path, String text) throws IOException {
    return write(path, text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  /** The lines of a HAProxy file of keys of these seeds. */
  static String lines(int length, long... seeds) {
    StringBuilder lines = new StringBuilder();
    for (long seed : seeds) {
      lines.append(base64(random(seed, length))).append('\n');
    }
    return lines.toString();
  }

  static KeyFiles files(KeyFileFormat format, Path... paths) {
    return new KeyFiles(format, java.util.List.of(paths), false);
  }
}
