/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.keyfiles.FileKey;
import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.KeyFileFormat;
import dev.reprise.fleet.keyfiles.KeyFileWriter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** Writes key files, and says in a sentence what came in the way. */
final class KeyOutput {
  private KeyOutput() {}

  static void write(KeyFileFormat format, List<FileKey> keys, List<Path> paths, boolean force)
      throws KeyFileException, IOException {
    try {
      KeyFileWriter.write(format, keys, paths, force);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      throw unwritten(paths, reason, e);
    } catch (IOException e) {
      throw unwritten(paths, String.valueOf(e.getMessage()), e);
    }
  }

  private static IOException unwritten(List<Path> paths, String reason, IOException cause) {
    String names = String.join(", ", paths.stream().map(Path::toString).toList());
    return new IOException(
        "Cannot write "
            + names
            + " ("
            + reason
            + "); check that the directory is there and may be written to",
        cause);
  }
}
