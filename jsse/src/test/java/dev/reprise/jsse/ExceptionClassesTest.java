/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same failure is the same exception in both providers, and is caused by the same. */
class ExceptionClassesTest {
  /** Why no handshake comes about. */
  enum Failure {
    STRANGER,
    EXPIRED,
    NOT_YET_VALID,
    CLIENTS_CERTIFICATE,
    WRONG_NAME,
    NO_COMMON_PROTOCOL,
    NO_COMMON_SUITE,
    NO_COMMON_GROUP,
    NO_COMMON_APPLICATION_PROTOCOL,
    NO_CERTIFICATE,
    NO_CLIENT_CERTIFICATE,
    STRANGE_CLIENT,
    REFUSED_NAME;

    TestIdentity server() {
      Instant end = Instant.parse("2021-01-01T00:00:00Z");
      LeafRequest usual = LeafRequest.server(KeyKind.ECDSA_P256, Contexts.HOST, "localhost");
      return switch (this) {
        case EXPIRED ->
            TestCertificates.authority().issue(usual.valid(LeafRequest.NOT_BEFORE, end));
        case NOT_YET_VALID ->
            TestCertificates.authority()
                .issue(usual.valid(Instant.parse("2048-01-01T00:00:00Z"), LeafRequest.NOT_AFTER));
        case STRANGER -> TestCertificates.otherAuthority().issue(usual);
        case CLIENTS_CERTIFICATE -> Contexts.CLIENT;
        case WRONG_NAME ->
            TestCertificates.authority()
                .issue(LeafRequest.server(KeyKind.ECDSA_P256, "only.example"));
        default -> Contexts.SERVER;
      };
    }

    @Nullable TestIdentity client() {
      return this == STRANGE_CLIENT
          ? TestCertificates.otherAuthority()
              .issue(LeafRequest.client(KeyKind.ECDSA_P256, "client.example"))
          : null;
    }

    void client(SSLParameters parameters, String version) {
      parameters.setProtocols(new String[] {version});
      parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName(Contexts.HOST)));
      switch (this) {
        case WRONG_NAME -> {
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName("other.example")));
        }
        case NO_COMMON_SUITE -> parameters.setCipherSuites(suite(version, "AES_128_GCM_SHA256"));
        case NO_COMMON_GROUP -> parameters.setNamedGroups(new String[] {"secp256r1"});
        case NO_COMMON_APPLICATION_PROTOCOL ->
            parameters.setApplicationProtocols(new String[] {"a"});
        default -> {}
      }
    }

    void server(SSLParameters parameters, String version) {
      switch (this) {
        case NO_COMMON_PROTOCOL ->
            parameters.setProtocols(
                new String[] {version.equals("TLSv1.2") ? "TLSv1.3" : "TLSv1.2"});
        case NO_COMMON_SUITE -> parameters.setCipherSuites(suite(version, "AES_256_GCM_SHA384"));
        case NO_COMMON_GROUP -> parameters.setNamedGroups(new String[] {"secp384r1"});
        case NO_COMMON_APPLICATION_PROTOCOL ->
            parameters.setApplicationProtocols(new String[] {"b"});
        case NO_CLIENT_CERTIFICATE, STRANGE_CLIENT -> parameters.setNeedClientAuth(true);
        case REFUSED_NAME ->
            parameters.setSNIMatchers(
                List.of(javax.net.ssl.SNIHostName.createSNIMatcher("nobody")));
        default -> {}
      }
    }

    private static String[] suite(String version, String cipher) {
      return new String[] {(version.equals("TLSv1.3") ? "TLS_" : "TLS_ECDHE_ECDSA_WITH_") + cipher};
    }

    SSLContext client(Whose whose) throws Exception {
      return whose.context(client(), TestCertificates.authority());
    }

    SSLContext server(Whose whose) throws Exception {
      return whose.context(this == NO_CERTIFICATE ? null : server(), TestCertificates.authority());
    }
  }

  static Stream<Arguments> everything() {
    return Stream.of(Failure.values())
        .flatMap(failure ->
            Stream.of("TLSv1.3", "TLSv1.2").map(version -> Arguments.of(failure, version)));
  }

  /** What each side threw: its class, and that of what caused it, as far as it is the JDK's. */
  private record Thrown(String client, String server) {}

  private static final Thrown OWN = new Thrown("SSLHandshakeException", "SSLHandshakeException");

  /**
   * RFC 8446, Section 4.1.1: "If the server is unable to negotiate a supported set of parameters
   * [...] it MUST abort the handshake with either a "handshake_failure" or "insufficient_security"
   * fatal alert". The JDK's server says unexpected_message.
   */
  private static boolean isOwn(Failure failure, String version) {
    return failure == Failure.NO_COMMON_GROUP && version.equals("TLSv1.3");
  }

  private static String name(@Nullable Throwable thrown) {
    return thrown == null ? "nothing" : thrown.getClass().getSimpleName();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void areEqualForEngines(Failure failure, String version) throws Exception {
    Thrown ours = engines(Whose.OURS, failure, version);
    assertEquals(isOwn(failure, version) ? OWN : engines(Whose.SUN, failure, version), ours);
  }

  private static Thrown engines(Whose whose, Failure failure, String version) throws Exception {
    EnginePair pair =
        EnginePair.between(failure.client(whose), failure.server(whose), Contexts.HOST);
    Contexts.configure(pair.client(), parameters -> failure.client(parameters, version));
    Contexts.configure(pair.server(), parameters -> failure.server(parameters, version));
    try {
      pair.handshake();
    } catch (SSLException _) {
      return new Thrown(name(pair.failure(Side.CLIENT)), name(pair.failure(Side.SERVER)));
    }
    throw new AssertionError("no failure");
  }

  @ParameterizedTest
  @MethodSource("everything")
  void areEqualForSockets(Failure failure, String version) throws Exception {
    Thrown ours = sockets(Whose.OURS, failure, version);
    Thrown suns = isOwn(failure, version) ? OWN : sockets(Whose.SUN, failure, version);
    assertEquals(new Thrown(heard(suns.client()), heard(suns.server())), ours);
  }

  /** The JDK's sockets may meet a reset where ours still hear why. */
  private static String heard(String thrown) {
    return thrown.equals("SocketException") ? "SSLHandshakeException" : thrown;
  }

  private static Thrown sockets(Whose whose, Failure failure, String version) throws Exception {
    try (SocketPair pair = SocketPair.of(failure.client(whose), failure.server(whose), version)) {
      SSLParameters client = pair.client().getSSLParameters();
      failure.client(client, version);
      pair.client().setSSLParameters(client);
      SSLParameters server = pair.server().getSSLParameters();
      failure.server(server, version);
      pair.server().setSSLParameters(server);
      Future<?> there = SocketPair.elsewhere(() -> use(pair.server()));
      Future<?> here = SocketPair.elsewhere(() -> use(pair.client()));
      return new Thrown(name(SocketPair.failure(here)), name(SocketPair.failure(there)));
    }
  }

  private static int use(SSLSocket socket) throws IOException {
    socket.startHandshake();
    return socket.getInputStream().read();
  }

  /** What is no failure of a handshake, but of what comes over the wire. */
  enum Wire {
    PLAIN_HTTP,
    GARBAGE,
    AN_END,
    FORGED_RECORD,
    LONG_RECORD,
    PLAIN_RECORD;

    boolean comesAfterTheHandshake() {
      return this == FORGED_RECORD || this == LONG_RECORD || this == PLAIN_RECORD;
    }
  }

  static Stream<Arguments> wires() {
    return Stream.of(Wire.values())
        .flatMap(wire -> Stream.of("TLSv1.3", "TLSv1.2").map(each -> Arguments.of(wire, each)));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void areEqualForWhatComesOverTheWireToAnEngine(Wire wire, String version) throws Exception {
    String ours = wired(Whose.OURS, wire, version);
    String own = wire == Wire.LONG_RECORD ? "SSLException" : own(wire, version);
    assertEquals(own == null ? wired(Whose.SUN, wire, version) : own, ours);
  }

  /** What has no protection where there must be some is told from what is forged. */
  private static @Nullable String own(Wire wire, String version) {
    return wire == Wire.PLAIN_RECORD && version.equals("TLSv1.3") ? "SSLProtocolException" : null;
  }

  private static String wired(Whose whose, Wire wire, String version) throws Exception {
    EnginePair pair = whole(whose, version);
    SSLEngine server = pair.server();
    try {
      switch (wire) {
        case PLAIN_HTTP ->
            unwrap(server, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        case GARBAGE -> unwrap(server, new byte[200]);
        case AN_END -> {
          server.beginHandshake();
          server.closeInbound();
        }
        case FORGED_RECORD -> {
          ByteBuffer record = ByteBuffer.allocate(20_000);
          pair.handshake().client().wrap(ByteBuffer.wrap(new byte[100]), record);
          record.put(50, (byte) (record.get(50) ^ 1));
          unwrap(server, record.flip());
        }
        case LONG_RECORD -> {
          pair.handshake();
          unwrap(server, ByteBuffer.allocate(40_000).put(new byte[] {23, 3, 3, 0x7f, 0}).clear());
        }
        case PLAIN_RECORD -> {
          pair.handshake();
          unwrap(server, new byte[] {22, 3, 3, 0, 4, 20, 0, 0, 0});
        }
      }
    } catch (SSLException e) {
      return name(e);
    }
    return "nothing";
  }

  private static EnginePair whole(Whose whose, String version) throws Exception {
    EnginePair pair =
        EnginePair.between(
            whose.context(null, TestCertificates.authority()),
            whose.context(Contexts.SERVER, TestCertificates.authority()),
            Contexts.HOST);
    pair.client().setEnabledProtocols(new String[] {version});
    return pair;
  }

  private static void unwrap(SSLEngine engine, byte[] bytes) throws SSLException {
    unwrap(engine, ByteBuffer.wrap(bytes));
  }

  private static void unwrap(SSLEngine engine, ByteBuffer bytes) throws SSLException {
    engine.unwrap(bytes, ByteBuffer.allocate(40_000));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void areEqualForWhatComesOverTheWireToASocket(Wire wire, String version) throws Exception {
    String own = own(wire, version);
    String ours = socket(Whose.OURS, wire, version);
    assertEquals(own == null ? socket(Whose.SUN, wire, version) : own, ours);
  }

  private static String socket(Whose whose, Wire wire, String version) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept()) {
      SSLSocket server =
          (SSLSocket)
              whose
                  .context(Contexts.SERVER, TestCertificates.authority())
                  .getSocketFactory()
                  .createSocket(accepted, null, true);
      Future<Integer> used = SocketPair.elsewhere(() -> use(server));
      if (wire.comesAfterTheHandshake()) {
        SSLSocket client =
            (SSLSocket)
                whose
                    .context(null, TestCertificates.authority())
                    .getSocketFactory()
                    .createSocket(plain, Contexts.HOST, 443, false);
        client.setEnabledProtocols(new String[] {version});
        client.startHandshake();
      }
      send(plain, wire);
      return outcome(used);
    }
  }

  private static void send(Socket plain, Wire wire) throws IOException {
    OutputStream out = plain.getOutputStream();
    switch (wire) {
      case PLAIN_HTTP -> out.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      case GARBAGE -> out.write(new byte[200]);
      case AN_END -> plain.shutdownOutput();
      case FORGED_RECORD ->
          out.write(ByteBuffer.allocate(105).put(new byte[] {23, 3, 3, 0, 100}).array());
      case LONG_RECORD ->
          out.write(ByteBuffer.allocate(40_000).put(new byte[] {23, 3, 3, 0x7f, 0}).array());
      case PLAIN_RECORD -> out.write(new byte[] {22, 3, 3, 0, 4, 20, 0, 0, 0});
    }
  }

  private static String outcome(Future<Integer> used) throws Exception {
    try {
      return "read " + used.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      assertTrue(thrown instanceof IOException, thrown::toString);
      return name(thrown);
    }
  }
}
