/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether a format can hold keys, and in which order: nothing is dropped or made up silently. */
public final class KeyFit {
  private KeyFit() {}

  /**
   * Puts {@code keys}, which are in the order of {@code from}, into that of {@code to}: the one
   * that seals goes on sealing. In a list that is the key that seals, then the next one, then older
   * ones; in a HAProxy file older ones, the key that seals, the next one.
   */
  public static List<FileKey> reorder(KeyFileFormat from, KeyFileFormat to, List<FileKey> keys) {
    boolean fromLines = from == KeyFileFormat.HAPROXY;
    if (fromLines == (to == KeyFileFormat.HAPROXY) || keys.size() < 2) {
      return keys;
    }
    List<FileKey> ordered = new ArrayList<>(keys);
    if (fromLines) {
      ordered.add(0, ordered.remove(keys.size() - 2));
      ordered.add(1, ordered.removeLast());
    } else {
      FileKey sealing = ordered.removeFirst();
      FileKey next = ordered.removeFirst();
      ordered.add(sealing);
      ordered.add(next);
    }
    return List.copyOf(ordered);
  }

  static void require(KeyFileFormat format, List<FileKey> keys, List<Path> paths)
      throws KeyFileException {
    for (FileKey key : keys) {
      requireLength(format, key);
    }
    switch (format) {
      case HAPROXY -> requireLines(keys);
      case HTTPD -> requireOne(keys);
      case NGINX, ENVOY -> {}
    }
    int wanted = format.severalFiles() ? keys.size() : 1;
    if (paths.size() != wanted) {
      throw new KeyFileException(
          "There are "
              + keys.size()
              + " keys and "
              + paths.size()
              + " files to write, but "
              + format.server()
              + (format.severalFiles() ? " has a file for each key" : " has one file")
              + "; name "
              + wanted);
    }
  }

  private static void requireLength(KeyFileFormat format, FileKey key) throws KeyFileException {
    if (!format.keyLengths().contains(key.length())) {
      throw new KeyFileException(
          key.place()
              + " has a key of "
              + key.length()
              + " bytes, but those of "
              + format.server()
              + " have "
              + format.lengthsInWords()
              + ", and nothing makes one of the other; make a new key for both servers with"
              + " `reprise keys generate`");
    }
  }

  private static void requireLines(List<FileKey> keys) throws KeyFileException {
    if (keys.size() != KeyFileFormat.HAPROXY_KEYS) {
      throw new KeyFileException(
          "HAProxy holds three keys and not "
              + keys.size()
              + "; name three files: the key that seals, the one that seals next, an older one");
    }
    FileKey first = keys.getFirst();
    for (FileKey key : keys) {
      if (key.length() != first.length()) {
        throw new KeyFileException(
            key.place()
                + " has "
                + key.length()
                + " bytes and "
                + first.place()
                + " "
                + first.length()
                + ", but HAProxy wants keys of one size in a file; convert keys of one size");
      }
    }
  }

  private static void requireOne(List<FileKey> keys) throws KeyFileException {
    if (keys.size() != 1) {
      throw new KeyFileException(
          "httpd holds one key and not "
              + keys.size()
              + "; take the one that seals with --issuing-only, if tickets under the others may"
              + " end");
    }
  }
}
