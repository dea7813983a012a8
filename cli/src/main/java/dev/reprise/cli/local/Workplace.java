/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import dev.reprise.fleet.FleetKeyFile;
import dev.reprise.gateway.DevelopmentCertificate;
import dev.reprise.jsse.ServerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for what all nodes have in common: one certificate and one fleet key. */
record Workplace(Path directory) implements AutoCloseable {
  static Workplace make(SecureRandom random) throws IOException {
    Workplace made = new Workplace(Files.createTempDirectory("reprise-fleet-"));
    try {
      made.write("fleet.key", FleetKeyFile.newLine(random) + "\n");
      made.writeIdentity(DevelopmentCertificate.create(InstantSource.system(), random));
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  Path fleetKey() {
    return directory.resolve("fleet.key");
  }

  Path certificate() {
    return directory.resolve("certificate.pem");
  }

  Path key() {
    return directory.resolve("key.pem");
  }

  private void writeIdentity(ServerIdentity identity) throws IOException {
    try {
      write("certificate.pem", pem("CERTIFICATE", identity.chain().getFirst().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("The development certificate cannot be encoded", e);
    }
    write("key.pem", pem("PRIVATE KEY", identity.key().getEncoded()));
  }

  /** RFC 7468, Section 2. */
  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createFile(file, onlyOwner());
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
  }

  private FileAttribute<?>[] onlyOwner() throws IOException {
    return Files.getFileStore(directory).supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Removes it with all that is in it; does not mind if somebody else does at the same time. */
  @Override
  public void close() {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(paths::add);
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException _) {
      // What is left is in a directory for what is temporary.
    }
  }
}
