/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import dev.reprise.testkit.rules.Refuses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keying material that both ends export (RFC 5705; RFC 8446, Section 7.5), beside OpenSSL. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class ExporterPeersTest {
  private static final String LABEL = "EXPERIMENTAL reprise";

  private static final String MATERIAL = "    Keying material: ";

  /** OpenSSL leaves the extension away only if its configuration says so. */
  private static final String WITHOUT_EXTENDED_MASTER_SECRET =
      """
      openssl_conf = start
      [start]
      ssl_conf = modules
      [modules]
      system_default = options
      [options]
      Options = -ExtendedMasterSecret
      """;

  @ParameterizedTest
  @CsvSource({"-tls1_3,32", "-tls1_3,100", "-tls1_2,32", "-tls1_2,100"})
  void exportsWhatOpensslExports(String version, int length) throws Exception {
    CompletableFuture<String> ours = new CompletableFuture<>();
    List<String> output =
        connect(
            List.of("openssl"),
            List.of(version, "-keymatexport", LABEL, "-keymatexportlen", String.valueOf(length)),
            session -> ours.complete(exported(session, length)));
    List<String> lines = output.stream().filter(line -> line.startsWith(MATERIAL)).toList();
    assertEquals(1, lines.size(), output::toString);
    String theirs = lines.getFirst().substring(MATERIAL.length());
    assertEquals(theirs, ours.get(1, TimeUnit.SECONDS));
    assertEquals(2 * length, theirs.length());
  }

  private static String exported(ExtendedSSLSession session, int length) {
    try {
      byte[] bytes = session.exportKeyingMaterialData(LABEL, null, length);
      return HexFormat.of().withUpperCase().formatHex(bytes);
    } catch (javax.net.ssl.SSLKeyException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 7627, Section 5.4 has such a connection not used for exporters. */
  @Test
  @Refuses("C6")
  void exportsNothingWithoutExtendedMasterSecret(@TempDir Path directory) throws Exception {
    Path options =
        Files.writeString(directory.resolve("openssl.cnf"), WITHOUT_EXTENDED_MASTER_SECRET);
    CompletableFuture<IllegalStateException> refused = new CompletableFuture<>();
    List<String> output =
        connect(
            List.of("env", "OPENSSL_CONF=" + options, "openssl"),
            List.of("-tls1_2"),
            session ->
                refused.complete(
                    assertThrows(IllegalStateException.class, () -> exported(session, 32))));
    assertTrue(
        output.stream().anyMatch(line -> line.matches(" *Extended master secret: no")),
        output::toString);
    assertEquals(
        "Without extended master secret there is nothing to export",
        refused.get(1, TimeUnit.SECONDS).getMessage());
  }

  private interface Look {
    void at(ExtendedSSLSession session);
  }

  /** What OpenSSL's client writes of one connection, and what the session of our end is seen as. */
  private static List<String> connect(List<String> program, List<String> options, Look look)
      throws Exception {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    try (SSLServerSocket listening =
        (SSLServerSocket)
            Reprise.server()
                .identities(List.of(new ServerIdentity(identity.key(), identity.chain())))
                .build()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      listening.setSoTimeout((int) Program.PATIENCE.toMillis());
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> serve(listening, look), command -> start(command));
      List<String> command = new ArrayList<>(program);
      command.addAll(List.of("s_client", "-connect", "127.0.0.1:" + listening.getLocalPort()));
      command.addAll(options);
      List<String> output = Program.output("", command);
      served.get(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return output;
    }
  }

  private static void start(Runnable command) {
    Thread _ = Thread.ofVirtual().start(command);
  }

  private static void serve(SSLServerSocket listening, Look look) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.startHandshake();
      look.at((ExtendedSSLSession) socket.getSession());
      assertEquals(-1, socket.getInputStream().read());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
