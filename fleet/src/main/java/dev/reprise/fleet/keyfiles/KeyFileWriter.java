/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Writes key files, with a mode that lets nobody but the owner read them from the beginning. */
public final class KeyFileWriter {
  private KeyFileWriter() {}

  /**
   * A line of a HAProxy file, without its end.
   *
   * @throws IllegalArgumentException if the key is of no length that HAProxy takes
   */
  public static String line(FileKey key) {
    byte[] bytes = key.encode(KeyFileFormat.HAPROXY);
    try {
      return Base64.getEncoder().encodeToString(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Writes {@code keys} as {@code format} has them: all into the one path, or one into each.
   *
   * @param replace whether files that exist are replaced, each of them at once
   * @throws KeyFileException if one exists and is not to be replaced, or the format cannot hold the
   *     keys; nothing is written then
   * @throws IOException if a file cannot be written
   */
  public static void write(
      KeyFileFormat format, List<FileKey> keys, List<Path> paths, boolean replace)
      throws KeyFileException, IOException {
    KeyFit.require(format, keys, paths);
    for (Path path : paths) {
      if (!replace && Files.exists(path)) {
        throw SecretFile.exists(path);
      }
    }
    for (int i = 0; i < paths.size(); i++) {
      List<FileKey> those = format.severalFiles() ? List.of(keys.get(i)) : keys;
      SecretFile.write(paths.get(i), bytes(format, those), replace);
    }
  }

  private static byte[] bytes(KeyFileFormat format, List<FileKey> keys) {
    return switch (format) {
      case HAPROXY -> lines(keys);
      case NGINX, HTTPD, ENVOY -> keys.getFirst().encode(format);
    };
  }

  private static byte[] lines(List<FileKey> keys) {
    int encoded = (keys.getFirst().length() + 2) / 3 * 4;
    byte[] lines = new byte[keys.size() * (encoded + 1)];
    int at = 0;
    for (FileKey key : keys) {
      byte[] bytes = key.encode(KeyFileFormat.HAPROXY);
      byte[] line = Base64.getEncoder().encode(bytes);
      System.arraycopy(line, 0, lines, at, encoded);
      lines[at + encoded] = '\n';
      at += encoded + 1;
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(line, (byte) 0);
    }
    return lines;
  }
}
