/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds a Redis or Valkey to run: the system's, or the one that a library brings. */
final class RedisExecutable {
  private static final List<String> NAMES = List.of("redis-server", "valkey-server");

  private RedisExecutable() {}

  /**
   * The executable's path.
   *
   * @param directory where one out of the library is put
   */
  static Path find(@Nullable String searchPath, Path directory) throws IOException {
    for (String name : NAMES) {
      for (String folder : String.valueOf(searchPath).split(File.pathSeparator, -1)) {
        Path candidate = Path.of(folder.isEmpty() ? "." : folder, name);
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return candidate;
        }
      }
    }
    return unpack(resource(), directory);
  }

  private static Path unpack(@Nullable String resource, Path directory) throws IOException {
    InputStream in =
        resource == null
            ? null
            : RedisExecutable.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new IOException(
          "There is no redis-server in the PATH, and none is brought along for this system; install"
              + " Redis or Valkey");
    }
    try (in) {
      Path executable = directory.resolve("redis-server");
      Files.copy(in, executable);
      if (!executable.toFile().setExecutable(true, true)) {
        throw new IOException(executable + " cannot be made executable; install Redis or Valkey");
      }
      return executable;
    }
  }

  /** As com.github.codemonstur:embedded-redis 1.4.3 names them. */
  private static @Nullable String resource() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    if (system.startsWith("linux")) {
      return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }
    if (system.startsWith("mac")) {
      return arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
    }
    return null;
  }
}
