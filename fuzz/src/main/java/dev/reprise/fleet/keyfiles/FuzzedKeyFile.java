/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.nio.file.Path;
import java.util.List;

/** The reader of key files, without a file. */
public final class FuzzedKeyFile {
  private static final Path PATH = Path.of("keys");

  private FuzzedKeyFile() {}

  /** Whether {@code bytes} are a file of keys that may be used. */
  public static boolean reads(KeyFileFormat format, byte[] bytes) {
    KeyFiles files = new KeyFiles(format, List.of(PATH), false);
    try {
      List<FileKey> keys = files.good(KeyFileReader.parse(format, PATH, bytes.clone()));
      keys.forEach(key -> reads(format, key));
      return true;
    } catch (KeyFileException e) {
      requireSentence(e);
      return false;
    }
  }

  /** Whether {@code text} names files, as on a command line. */
  public static boolean names(String text) {
    try {
      return !KeyFiles.parse(text, false).paths().isEmpty();
    } catch (KeyFileException e) {
      requireSentence(e);
      return false;
    }
  }

  private static void reads(KeyFileFormat format, FileKey key) {
    FileKey again = FileKey.parse(format, key.encode(format), "again");
    if (!again.name().equals(key.name()) || !again.hasSecretOf(key)) {
      throw new AssertionError(key + " is written as another");
    }
    again.close();
    key.close();
  }

  private static void requireSentence(KeyFileException e) {
    if (e.getMessage() == null || e.getMessage().isBlank()) {
      throw new AssertionError("A refusal says why", e);
    }
  }
}
