/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The seeds as they are committed. */
final class SeedFiles {
  static final Path FOLDER = Path.of("seeds");

  private SeedFiles() {}

  /** Name and bytes of each. */
  static Stream<Arguments> of(Target target) {
    return names(target).map(name -> Arguments.of(name, read(target, name)));
  }

  static Stream<byte[]> bytes(Target target) {
    return names(target).map(name -> read(target, name));
  }

  private static Stream<String> names(Target target) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(target.word()))) {
      List<String> all = files.map(file -> file.getFileName().toString()).sorted().toList();
      return all.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] read(Target target, String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(target.word()).resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
