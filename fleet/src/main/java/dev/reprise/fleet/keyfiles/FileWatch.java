/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells when files are to be read again. A change counts once it looks the same twice in a row, so
 * that a file that is still being written, or a set of files of which one is already moved and the
 * other not yet, is left to settle. Files that were of no use are read at every look. Not for use
 * by several threads.
 */
public final class FileWatch {
  private final List<Path> paths;
  private List<FileStamp> seen = List.of();
  private @Nullable List<FileStamp> taken;
  private @Nullable List<FileStamp> unsettled;
  private boolean useful = true;

  public FileWatch(List<Path> paths) {
    this.paths = List.copyOf(paths);
  }

  /** Looks at the files, and tells whether they are to be read. */
  public boolean isDue() {
    seen = stamps();
    if (seen.equals(taken)) {
      unsettled = null;
      return !useful;
    }
    boolean settled = seen.equals(unsettled);
    unsettled = seen;
    return settled;
  }

  /** Whether they look as they did when they became due: what was read belongs together. */
  public boolean isUnchanged() {
    return stamps().equals(seen);
  }

  /** They were read as they were when they became due. */
  public void taken(boolean wereUseful) {
    taken = seen;
    unsettled = null;
    useful = wereUseful;
  }

  /** When the file was written, as of the last look; null if that is not known. */
  @Nullable FileTime modified(int index) {
    return seen.get(index).modified();
  }

  private List<FileStamp> stamps() {
    return paths.stream().map(FileStamp::of).toList();
  }
}
