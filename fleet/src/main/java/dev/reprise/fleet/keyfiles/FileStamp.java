/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By what a changed file is told from the same file without reading it. Links are followed: a file
 * that is moved into its place, and a directory link that is led elsewhere as Kubernetes does it,
 * show as another file.
 *
 * @param identity device and inode, where the file system tells
 * @param status when content, owner or mode changed last, where the file system tells
 * @param failure why there is nothing else to know, or null
 */
record FileStamp(
    @Nullable Object identity,
    long size,
    @Nullable FileTime modified,
    @Nullable Object status,
    @Nullable String failure) {
  static FileStamp of(Path path) {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      return new FileStamp(
          file.fileKey(), file.size(), file.lastModifiedTime(), status(path), null);
    } catch (IOException | RuntimeException e) {
      return new FileStamp(null, 0, null, null, e.toString());
    }
  }

  private static @Nullable Object status(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return null;
    }
    Map<String, Object> attributes = Files.readAttributes(path, "unix:ctime");
    return attributes.get("ctime");
  }
}
