/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Reads and writes a file of secrets. It leaves no copy beside the array that it returns or is
 * given, which a stream's buffers would.
 */
public final class SecretFile {
  /** A HAProxy file that has grown by a line an hour for a year; no key file is larger. */
  private static final long LARGEST = 1 << 20;

  /**
   * What nobody but the owner should have. The group may read: that is how a file is given to a
   * server that runs as another user, and what Kubernetes makes of fsGroup.
   */
  private static final Set<PosixFilePermission> INSECURE =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private SecretFile() {}

  /** All bytes of a file of ticket keys, for the caller to wipe. */
  static byte[] read(Path path, boolean allowInsecurePermissions) throws KeyFileException {
    return read(path, "file of ticket keys", allowInsecurePermissions);
  }

  /**
   * All bytes of the file, at most 1 MiB, for the caller to wipe.
   *
   * @param kind what it should be, for sentences
   * @param allowInsecurePermissions whether users that are neither its owner nor of its group may
   *     read it, or more than its owner write it
   * @throws KeyFileException if it cannot be read, or ought not to be
   */
  public static byte[] read(Path path, String kind, boolean allowInsecurePermissions)
      throws KeyFileException {
    try {
      refuseOtherThanFile(path, kind);
      if (!allowInsecurePermissions) {
        refuseInsecure(path);
      }
      return bytes(path);
    } catch (NoSuchFileException e) {
      throw new KeyFileException(path + " does not exist; check the path", e);
    } catch (AccessDeniedException e) {
      throw new KeyFileException(
          path + " may not be read by this user; change its owner, its group or its mode", e);
    } catch (IOException e) {
      throw new KeyFileException(
          path + " cannot be read (" + e.getMessage() + "); check the file and its disk", e);
    }
  }

  private static void refuseOtherThanFile(Path path, String kind)
      throws KeyFileException, IOException {
    // Asked first, since it fails where there is nothing.
    long size = Files.size(path);
    if (Files.isDirectory(path)) {
      throw new KeyFileException(path + " is a directory; name the " + kind + " in it");
    }
    if (!Files.isRegularFile(path)) {
      throw new KeyFileException(path + " is no regular file; name a file that can be read again");
    }
    if (size > LARGEST) {
      throw new KeyFileException(
          path + " is larger than 1 MiB, so it is no " + kind + "; check the path");
    }
  }

  private static void refuseInsecure(Path path) throws KeyFileException, IOException {
    Set<PosixFilePermission> permissions;
    try {
      permissions = Files.getPosixFilePermissions(path);
    } catch (UnsupportedOperationException _) {
      return; // A file system without them guards its files in a way of its own.
    }
    if (permissions.stream().anyMatch(INSECURE::contains)) {
      boolean readable = permissions.contains(PosixFilePermission.OTHERS_READ);
      throw new KeyFileException(
          path
              + (readable ? " may be read by every user" : " may be written by other users")
              + " ("
              + PosixFilePermissions.toString(permissions)
              + "); say `chmod 600 "
              + path
              + "`, or allow it with --allow-insecure-permissions");
    }
  }

  private static byte[] bytes(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      // A channel copies into memory of this kind directly, and into arrays by way of a cache.
      MemorySegment segment = arena.allocate(Math.min(LARGEST, channel.size()) + 1);
      ByteBuffer buffer = segment.asByteBuffer();
      try {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return bytes;
      } finally {
        segment.fill((byte) 0);
      }
    }
  }

  /**
   * Writes a file that nobody but its owner may read from the beginning, at once and as a whole.
   *
   * @param bytes which it wipes
   * @param replace whether a file that exists is replaced
   * @throws KeyFileException if one exists and is not to be replaced
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, byte[] bytes, boolean replace)
      throws KeyFileException, IOException {
    try {
      if (replace) {
        replace(path, bytes, false);
      } else {
        create(path, bytes);
      }
    } catch (FileAlreadyExistsException _) {
      throw exists(path);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * The same for a file that is changed. It keeps what its group may, as far as that becomes a
   * secret, and its group where the system allows that.
   *
   * @param bytes which it wipes
   * @throws IOException if the file cannot be written
   */
  public static void rewrite(Path path, byte[] bytes) throws IOException {
    try {
      replace(path, bytes, true);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  static KeyFileException exists(Path path) {
    return new KeyFileException(
        path + " exists already; name another file, or replace it with --force");
  }

  /** By one beside it, so that whoever watches sees the old file or the new one and no half. */
  private static void replace(Path path, byte[] bytes, boolean keepAccess) throws IOException {
    Path beside = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      create(beside, bytes);
      if (keepAccess) {
        takeOverAccess(path, beside);
      }
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void takeOverAccess(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView made = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (old == null || made == null) {
      return; // A file system without them guards its files in a way of its own.
    }
    PosixFileAttributes attributes = old.readAttributes();
    try {
      made.setGroup(attributes.group());
    } catch (IOException _) {
      // Only who belongs to the group may give a file to it.
    }
    Set<PosixFilePermission> permissions = EnumSet.copyOf(attributes.permissions());
    permissions.removeAll(INSECURE);
    made.setPermissions(permissions);
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
}
