/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Writes key files, with a mode that lets nobody but the owner read them from the beginning. */
public final class KeyFileWriter {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

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
        throw exists(path);
      }
    }
    for (int i = 0; i < paths.size(); i++) {
      List<FileKey> those = format.severalFiles() ? List.of(keys.get(i)) : keys;
      write(paths.get(i), bytes(format, those), replace);
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

  /** Wipes {@code bytes}. */
  private static void write(Path path, byte[] bytes, boolean replace)
      throws KeyFileException, IOException {
    try {
      if (!replace) {
        create(path, bytes);
        return;
      }
      // Beside it, so that whoever watches the file sees the old one or the new one and no half.
      Path beside = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
      try {
        create(beside, bytes);
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (FileAlreadyExistsException _) {
      throw exists(path);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void create(Path path, byte[] bytes) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileAttribute<?>[] attributes =
        path.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {OWNER_ONLY}
            : new FileAttribute<?>[0];
    try (FileChannel channel = FileChannel.open(path, options, attributes)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  private static KeyFileException exists(Path path) {
    return new KeyFileException(
        path + " exists already; name another file, or replace it with --force");
  }
}
