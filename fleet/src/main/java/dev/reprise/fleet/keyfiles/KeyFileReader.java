/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes keys of a file's bytes. Each refusal names the file, what is wrong and the mend. */
final class KeyFileReader {
  private final KeyFileFormat format;
  private final Path path;

  private KeyFileReader(KeyFileFormat format, Path path) {
    this.format = format;
    this.path = path;
  }

  static List<FileKey> read(KeyFiles files, Path path) throws KeyFileException {
    return parse(files.format(), path, SecretFile.read(path, files.allowInsecurePermissions()));
  }

  /** Wipes {@code bytes}; {@code path} is what refusals name. */
  static List<FileKey> parse(KeyFileFormat format, Path path, byte[] bytes)
      throws KeyFileException {
    try {
      KeyFileReader reader = new KeyFileReader(format, path);
      return switch (format) {
        case HAPROXY -> reader.lines(bytes);
        case NGINX, HTTPD, ENVOY -> List.of(reader.raw(bytes));
      };
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private FileKey raw(byte[] bytes) throws KeyFileException {
    if (!format.keyLengths().contains(bytes.length)) {
      throw new KeyFileException(
          path
              + " has "
              + bytes.length
              + " bytes, but a ticket key of "
              + format.server()
              + " has "
              + format.lengthsInWords()
              + (looksLikeLines(bytes)
                  ? "; if this is a file of HAProxy, write haproxy: before it"
                  : "; make one with " + format.mend()));
    }
    return FileKey.parse(format, bytes, path.toString());
  }

  private static boolean looksLikeLines(byte[] bytes) {
    for (byte b : bytes) {
      if (b != '\n' && b != '\r' && (b < '+' || b > 'z')) {
        return false;
      }
    }
    return bytes.length > FileKey.SHORT;
  }

  /** As HAProxy reads it: every line has to be good, and the last three count. */
  private List<FileKey> lines(byte[] bytes) throws KeyFileException {
    List<FileKey> keys = new ArrayList<>();
    try {
      int number = 0;
      for (int from = 0; from < bytes.length; ) {
        int end = endOfLine(bytes, from);
        keys.add(line(bytes, from, end, ++number));
        refuseOtherLength(keys.getFirst(), keys.getLast());
        if (keys.size() > KeyFileFormat.HAPROXY_KEYS) {
          keys.removeFirst().close();
        }
        from = end + 1;
      }
      if (number < KeyFileFormat.HAPROXY_KEYS) {
        throw new KeyFileException(
            path
                + " holds "
                + (number == 1 ? "1 key" : number + " keys")
                + ", but HAProxy wants three at least: an older one, the one that seals, and the"
                + " next; add what `reprise keys generate --format haproxy --keys 1` prints");
      }
      return keys;
    } catch (KeyFileException e) {
      keys.forEach(FileKey::close);
      throw e;
    }
  }

  private FileKey line(byte[] bytes, int from, int end, int number) throws KeyFileException {
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    String place = path + ", line " + number + ",";
    byte @Nullable [] key = decoded(Arrays.copyOfRange(bytes, from, to));
    if (key == null) {
      throw new KeyFileException(
          place + " is no base64; each line is one key of 48 or 80 bytes in base64");
    }
    try {
      if (!format.keyLengths().contains(key.length)) {
        throw new KeyFileException(
            place
                + " has "
                + key.length
                + " bytes in base64, but a ticket key of HAProxy has 48 or 80; make one with"
                + " `reprise keys generate --format haproxy --keys 1`");
      }
      return FileKey.parse(format, key, path + ", line " + number);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Wipes {@code line}. */
  private static byte @Nullable [] decoded(byte[] line) {
    try {
      return Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException _) {
      return null;
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  private static void refuseOtherLength(FileKey first, FileKey key) throws KeyFileException {
    if (first.length() != key.length()) {
      throw new KeyFileException(
          key.place()
              + ", has "
              + key.length()
              + " bytes and the lines before it "
              + first.length()
              + ", but HAProxy wants keys of one size in a file; make them of one size");
    }
  }

  private static int endOfLine(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }
}
