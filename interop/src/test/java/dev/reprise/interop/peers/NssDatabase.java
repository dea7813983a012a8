/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;

/** Keys and certificates as NSS keeps them. */
final class NssDatabase {
  private static final char[] PASSWORD = "nss".toCharArray();

  private NssDatabase() {}

  /** Makes one with the authority, {@code server} and {@code client}, and returns its name. */
  static String create(Path directory) throws IOException, GeneralSecurityException {
    String name = "sql:" + directory;
    run("certutil", "-N", "-d", name, "--empty-password");
    String root = TestCertificates.authority().writePem(directory).toString();
    run("certutil", "-A", "-d", name, "-n", "authority", "-t", "CT,C,", "-i", root);
    add(name, directory, "server", TestCertificates.server(KeyKind.ECDSA_P256));
    add(name, directory, "client", TestCertificates.client(KeyKind.ECDSA_P256));
    return name;
  }

  private static void add(String name, Path directory, String alias, TestIdentity identity)
      throws IOException, GeneralSecurityException {
    Path file = directory.resolve(alias + ".p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        alias, identity.key(), PASSWORD, identity.chain().toArray(Certificate[]::new));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    run("pk12util", "-i", file.toString(), "-d", name, "-W", String.valueOf(PASSWORD));
  }

  private static void run(String... command) throws IOException {
    List<String> said = Program.output("", List.of(command));
    if (said.stream().anyMatch(line -> line.contains("SEC_ERROR") || line.contains("failed"))) {
      throw new AssertionError(List.of(command) + ": " + said);
    }
  }
}
