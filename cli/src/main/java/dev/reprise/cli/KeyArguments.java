/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.keyfiles.KeyFileFormat;
import dev.reprise.fleet.keyfiles.KeyFiles;
import java.nio.file.Path;
import java.util.List;

/** Files as the commands of {@code reprise keys} are given them. */
final class KeyArguments {
  private KeyArguments() {}

  static KeyFiles files(KeyFileFormat format, List<Path> paths, boolean allowInsecurePermissions)
      throws UsageException {
    if (paths.size() > 1 && !format.severalFiles()) {
      throw new UsageException(
          "There are " + paths.size() + " files, but " + format.server() + " has one; name one");
    }
    return new KeyFiles(format, paths, allowInsecurePermissions);
  }

  /**
   * How many of {@code count} files are read, the others being written: those of a format of one
   * file are known, and otherwise there are as many of one as of the other.
   */
  static int inputs(KeyFileFormat from, KeyFileFormat to, int count) throws UsageException {
    if (!from.severalFiles()) {
      return 1;
    }
    if (!to.severalFiles()) {
      return count - 1;
    }
    if (count % 2 != 0) {
      throw new UsageException(
          "There are "
              + count
              + " files, but a key in each file becomes a key in each file; name as many to write"
              + " as to read");
    }
    return count / 2;
  }
}
