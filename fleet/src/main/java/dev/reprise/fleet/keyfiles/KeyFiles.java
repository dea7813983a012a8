/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files hold the ticket keys, and whose format they have.
 *
 * @param paths one, or for a format of {@link KeyFileFormat#severalFiles} at least one; their order
 *     says which key seals
 * @param allowInsecurePermissions whether files are read although others than their owner and group
 *     may read them, or others than their owner write them
 */
public record KeyFiles(KeyFileFormat format, List<Path> paths, boolean allowInsecurePermissions) {
  public KeyFiles {
    paths = List.copyOf(paths);
    if (paths.isEmpty() || (paths.size() > 1 && !format.severalFiles())) {
      throw new IllegalArgumentException(paths.size() + " files of " + format.server());
    }
  }

  /**
   * Reads {@code FORMAT:FILE[,FILE]...}, as in {@code nginx:/etc/nginx/current,/etc/nginx/old}.
   *
   * @throws KeyFileException if it is not of this form
   */
  public static KeyFiles parse(String text, boolean allowInsecurePermissions)
      throws KeyFileException {
    int colon = text.indexOf(':');
    KeyFileFormat format =
        KeyFileFormat.of(text.substring(0, Math.max(0, colon)))
            .orElseThrow(() ->
                new KeyFileException(
                    "'" + text + "' names no format; write " + formats() + " before the file"));
    List<Path> paths = new ArrayList<>();
    for (String each : text.substring(colon + 1).split(",", -1)) {
      paths.add(path(text, each));
    }
    if (paths.size() > 1 && !format.severalFiles()) {
      throw new KeyFileException(
          "'"
              + text
              + "' names "
              + paths.size()
              + " files, but "
              + format.server()
              + " has one; name one");
    }
    return new KeyFiles(format, paths, allowInsecurePermissions);
  }

  /** "nginx:, haproxy:, httpd: or envoy:". */
  private static String formats() {
    String all =
        Stream.of(KeyFileFormat.values())
            .map(format -> format.word() + ":")
            .collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    return all.substring(0, last) + " or " + all.substring(last + 2);
  }

  private static Path path(String text, String path) throws KeyFileException {
    if (path.isEmpty()) {
      throw new KeyFileException(
          "'" + text + "' has no file at one place; write FORMAT:FILE, and a comma between files");
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new KeyFileException("'" + path + "' is no path of a file", e);
    }
  }

  /**
   * The keys as they stand in the files, in their order, whatever they are worth: of a HAProxy file
   * the last three. The caller closes them.
   *
   * @throws KeyFileException if a file cannot be read or is not of the format
   */
  public List<FileKey> read() throws KeyFileException {
    List<FileKey> keys = new ArrayList<>();
    try {
      for (Path path : paths) {
        keys.addAll(KeyFileReader.read(this, path));
      }
    } catch (KeyFileException e) {
      keys.forEach(FileKey::close);
      throw e;
    }
    return List.copyOf(keys);
  }

  /**
   * As {@link #read}, but only keys that may be used.
   *
   * @throws KeyFileException also if a key is weak, or two have one name or one secret
   */
  public List<FileKey> readGood() throws KeyFileException {
    return good(read());
  }

  /** {@code keys}, or none of them. */
  List<FileKey> good(List<FileKey> keys) throws KeyFileException {
    try {
      for (int i = 0; i < keys.size(); i++) {
        refuseWeak(keys.get(i));
        for (FileKey earlier : keys.subList(0, i)) {
          refuseTwins(earlier, keys.get(i));
        }
      }
      return keys;
    } catch (KeyFileException e) {
      keys.forEach(FileKey::close);
      throw e;
    }
  }

  /** What the key at {@code index} of {@code keys} is for. */
  public KeyRole role(int index, List<FileKey> keys) {
    return format.role(index, keys.size());
  }

  private void refuseWeak(FileKey key) throws KeyFileException {
    String weakness = key.weakness();
    if (weakness != null) {
      throw new KeyFileException(
          key.place()
              + " has a weak key ("
              + weakness
              + "); make another one with "
              + format.mend());
    }
  }

  private static void refuseTwins(FileKey earlier, FileKey key) throws KeyFileException {
    boolean sameName = earlier.name().equals(key.name());
    boolean sameSecret = earlier.hasSecretOf(key);
    if (sameName || sameSecret) {
      String what =
          sameName && sameSecret ? "is the key" : "has the " + (sameName ? "name" : "secret");
      throw new KeyFileException(
          key.place()
              + " "
              + what
              + (sameName && sameSecret ? " of " : " of the key in ")
              + earlier.place()
              + "; put a key of its own at each place");
    }
  }
}
