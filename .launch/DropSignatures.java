/* Reprise. Apache-2.0; see LICENSE. */

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Takes the signatures out of the jars in a folder, as is done wherever jars are put into one. At
 * every start the JDK would check them again, and it keeps no class of a signed jar in an archive.
 * For the launcher's own copies, whose originals Maven has checked.
 */
void main(String[] arguments) throws IOException {
  // Oracle's own builds take ciphers from signed jars only.
  if (!System.getProperty("java.runtime.name", "").startsWith("Java(TM)")) {
    for (Path jar : filesOf(Path.of(arguments[0]), ".*\\.jar")) {
      try (FileSystem inside = FileSystems.newFileSystem(jar)) {
        dropSignatures(inside.getPath("META-INF"));
      }
    }
  }
}

void dropSignatures(Path directory) throws IOException {
  List<Path> signatures = filesOf(directory, ".*\\.(SF|RSA|DSA|EC)");
  for (Path signature : signatures) {
    Files.delete(signature);
  }
  if (!signatures.isEmpty()) {
    dropDigests(directory.resolve("MANIFEST.MF"));
  }
}

/** A digest of each class: of Bouncy Castle nearly a megabyte of text, which is parsed as well. */
void dropDigests(Path file) throws IOException {
  Manifest manifest;
  try (InputStream in = Files.newInputStream(file)) {
    manifest = new Manifest(in);
  }
  manifest.getEntries().clear();
  try (OutputStream out = Files.newOutputStream(file)) {
    manifest.write(out);
  }
}

List<Path> filesOf(Path folder, String names) throws IOException {
  if (!Files.isDirectory(folder)) {
    return List.of();
  }
  try (Stream<Path> files = Files.list(folder)) {
    return files.filter(file -> file.getFileName().toString().matches(names)).toList();
  }
}
