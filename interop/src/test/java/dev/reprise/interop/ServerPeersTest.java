/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseClient;
import dev.reprise.testkit.FreePorts;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our client, and the servers that OpenSSL and GnuTLS bring along. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class ServerPeersTest {
  private static final int RESUMPTIONS = 3;
  private static final int MOST_TRIES = 5;

  /** A server that has said that it listens. */
  private record Listening(Program program, int port) implements AutoCloseable {
    @Override
    public void close() {
      program.close();
    }
  }

  /**
   * @param options how the server is started
   * @param mechanism as a client sees it
   */
  record Server(KeyKind key, Version version, Mechanism mechanism, List<String> options) {
    static Server of(KeyKind key, Version version, Mechanism mechanism, String... options) {
      return new Server(key, version, mechanism, List.of(options));
    }
  }

  static Stream<Server> opensslServers() {
    Stream.Builder<Server> servers = Stream.builder();
    for (KeyKind key : KeyKind.values()) {
      servers.add(Server.of(key, Version.TLS12, Mechanism.TICKET, "-tls1_2"));
      servers.add(Server.of(key, Version.TLS12, Mechanism.SESSION_ID, "-tls1_2", "-no_ticket"));
      servers.add(Server.of(key, Version.TLS13, Mechanism.TICKET, "-tls1_3"));
      // Here the option means tickets that name a session in the server's cache.
      servers.add(Server.of(key, Version.TLS13, Mechanism.TICKET, "-tls1_3", "-no_ticket"));
      // The client has sent shares of X25519, alone and with ML-KEM: a HelloRetryRequest follows.
      servers.add(Server.of(key, Version.TLS13, Mechanism.TICKET, "-groups", "P-384"));
      servers.add(
          Server.of(key, Version.TLS13, Mechanism.TICKET, "-groups", "P-256", "-no_ticket"));
    }
    return servers.build();
  }

  @ParameterizedTest
  @MethodSource("opensslServers")
  void resumesWithOpenssl(Server server, @TempDir Path directory) throws Exception {
    try (Listening openssl = openssl(server, List.of(), directory)) {
      resumes(client(null), openssl.port(), server, "!siht daer");
    }
  }

  @ParameterizedTest
  @MethodSource("opensslServers")
  void resumesWithOpensslAndACertificate(Server server, @TempDir Path directory) throws Exception {
    String root = TestCertificates.authority().writePem(directory).toString();
    List<String> demand = List.of("-Verify", "1", "-CAfile", root, "-verify_return_error");
    try (Listening openssl = openssl(server, demand, directory)) {
      resumes(client(server.key()), openssl.port(), server, "!siht daer");
    }
  }

  static Stream<Server> gnutlsServers() {
    String tls12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2";
    String tls13 = "NORMAL:-VERS-ALL:+VERS-TLS1.3";
    String retry = tls13 + ":-GROUP-ALL:+GROUP-SECP384R1";
    Stream.Builder<Server> servers = Stream.builder();
    for (KeyKind key : KeyKind.values()) {
      servers.add(Server.of(key, Version.TLS12, Mechanism.TICKET, "--priority", tls12));
      servers.add(
          Server.of(key, Version.TLS12, Mechanism.SESSION_ID, "--priority", tls12, "--noticket"));
      servers.add(Server.of(key, Version.TLS13, Mechanism.TICKET, "--priority", tls13));
      servers.add(Server.of(key, Version.TLS13, Mechanism.TICKET, "--priority", retry));
    }
    return servers.build();
  }

  @ParameterizedTest
  @MethodSource("gnutlsServers")
  void resumesWithGnutls(Server server, @TempDir Path directory) throws Exception {
    try (Listening gnutls = gnutls(server, List.of("--disable-client-cert"), directory)) {
      resumes(client(null), gnutls.port(), server, "read this!");
    }
  }

  @ParameterizedTest
  @MethodSource("gnutlsServers")
  void resumesWithGnutlsAndACertificate(Server server, @TempDir Path directory) throws Exception {
    String root = TestCertificates.authority().writePem(directory).toString();
    List<String> demand =
        List.of("--require-client-cert", "--verify-client-cert", "--x509cafile", root);
    try (Listening gnutls = gnutls(server, demand, directory)) {
      resumes(client(server.key()), gnutls.port(), server, "read this!");
    }
  }

  private static void resumes(SSLContext client, int port, Server server, String answer)
      throws IOException {
    ResumptionOutcome first = connect(client, port, server, answer);
    assertEquals(new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null), first);
    for (int i = 0; i < RESUMPTIONS; i++) {
      ResumptionOutcome next = connect(client, port, server, answer);
      var resumed = assertInstanceOf(ResumptionOutcome.Resumed.class, next);
      assertEquals(server.mechanism(), resumed.mechanism());
    }
  }

  private static @Nullable ResumptionOutcome connect(
      SSLContext client, int port, Server server, String answer) throws IOException {
    SSLEngine engine = client.createSSLEngine(TestCertificates.SERVER_NAME, port);
    try (Connection connection = Connection.open(engine)) {
      assertEquals(server.version().jsseName(), connection.session().getProtocol());
      assertEquals(answer, connection.exchange("read this!"));
      return Reprise.outcome(connection.session());
    }
  }

  private static SSLContext client(@Nullable KeyKind key) {
    RepriseClient client =
        Reprise.client().trustManager(OwnStack.trustManager()).endpointIdentification("HTTPS");
    return key == null
        ? client.build()
        : client.keyManager(OwnStack.keyManager(TestCertificates.client(key))).build();
  }

  /** It answers each line with the same one from right to left. */
  private static Listening openssl(Server server, List<String> more, Path directory)
      throws IOException {
    TestIdentity.PemFiles files =
        TestCertificates.server(server.key()).writePem(directory, "server");
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_server", "-rev", "-accept", "127.0.0.1:0"));
    command.addAll(List.of("-cert", files.chain().toString(), "-key", files.key().toString()));
    command.addAll(server.options());
    command.addAll(more);
    Program program = Program.start(command);
    return new Listening(program, Integer.parseInt(program.await("^ACCEPT .*:([0-9]+)$").group(1)));
  }

  private static Listening gnutls(Server server, List<String> more, Path directory)
      throws IOException {
    TestIdentity.PemFiles files =
        TestCertificates.server(server.key()).writePem(directory, "server");
    Path key =
        switch (server.key()) {
          case ECDSA_P256, ECDSA_P384 -> withPublicKey(files.key());
          case ED25519, RSA_2048, RSA_PSS_2048 -> files.key();
        };
    List<String> command = new ArrayList<>(List.of("gnutls-serv", "--echo"));
    command.addAll(
        List.of("--x509certfile", files.chain().toString(), "--x509keyfile", key.toString()));
    command.addAll(server.options());
    command.addAll(more);
    return onFreePort(command);
  }

  /** GnuTLS reads a key of ECDSA only if the public one is beside it, which Java leaves out. */
  private static Path withPublicKey(Path key) throws IOException {
    Path both = key.resolveSibling("both-keys.pem");
    Program.output("", List.of("openssl", "ec", "-in", key.toString(), "-out", both.toString()));
    return both;
  }

  /** It cannot be told to take any port and say which, so a free one may be gone meanwhile. */
  private static Listening onFreePort(List<String> command) throws IOException {
    for (int tries = 1; ; tries++) {
      int port = FreePorts.next();
      List<String> whole = new ArrayList<>(command);
      whole.addAll(List.of("--port", String.valueOf(port)));
      Program program = Program.start(whole);
      try {
        program.await("listening on IPv4 .*done");
        return new Listening(program, port);
      } catch (AssertionError e) {
        program.close();
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }
}
