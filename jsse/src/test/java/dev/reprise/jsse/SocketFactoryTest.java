/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.SocketPair.Case;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How sockets are made, and what is set on them. */
class SocketFactoryTest {
  private static final byte[] ONE = {1};

  static Stream<Case> cases() {
    return SocketPair.cases();
  }

  static Stream<Case> casesWithOurClient() {
    return cases().filter(Case::ourClient);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void connectInEveryWay(Case each) throws Exception {
    SSLSocketFactory factory = each.clientContext().getSocketFactory();
    InetAddress here = InetAddress.getLoopbackAddress();
    try (SSLServerSocket listening = SocketPair.listen(each.serverContext())) {
      int port = listening.getLocalPort();
      List<Socket> sockets =
          List.of(
              factory.createSocket("localhost", port),
              factory.createSocket("localhost", port, here, 0),
              factory.createSocket(here, port),
              factory.createSocket(here, port, here, 0),
              factory.createSocket(new Socket(here, port), "localhost", port, true));
      for (Socket socket : sockets) {
        SSLSocket client = (SSLSocket) socket;
        client.setEnabledProtocols(new String[] {each.version()});
        try (SocketPair pair = new SocketPair(client, (SSLSocket) listening.accept())) {
          SSLParameters parameters = client.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          client.setSSLParameters(parameters);
          pair.handshake();
          assertEquals("localhost", client.getSession().getPeerHost());
          assertEquals(port, client.getSession().getPeerPort());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void handOptionsOnToTheSocketBelow(Case each) throws Exception {
    try (SSLServerSocket listening = SocketPair.listen(each.serverContext());
        Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept();
        SSLSocket layered =
            (SSLSocket)
                each.clientContext().getSocketFactory().createSocket(plain, "localhost", 1, true)) {
      layered.setTcpNoDelay(true);
      layered.setSoTimeout(77);
      Socket same = layered.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      assertEquals(layered, same);
      assertTrue(plain.getTcpNoDelay());
      assertEquals(77, plain.getSoTimeout());
      assertTrue(plain.getKeepAlive());
      assertEquals(plain.supportedOptions(), layered.supportedOptions());
      assertEquals(plain.getLocalPort(), layered.getLocalPort());
      assertEquals(plain.getPort(), layered.getPort());
      assertThrows(SocketException.class, () -> layered.sendUrgentData(1));
      assertThrows(SocketException.class, () -> layered.connect(plain.getRemoteSocketAddress()));
      layered.getInputStream().close();
      assertTrue(plain.isClosed());
      assertFalse(accepted.isClosed());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void serveAClientWhoseFirstBytesWereRead(Case each) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept()) {
      SSLSocket client =
          (SSLSocket)
              each.clientContext().getSocketFactory().createSocket(plain, Contexts.HOST, 443, true);
      client.setEnabledProtocols(new String[] {each.version()});
      Future<?> handshake =
          SocketPair.elsewhere(() -> {
            client.startHandshake();
            return null;
          });
      byte[] seen = accepted.getInputStream().readNBytes(20);
      InputStream consumed =
          new SequenceInputStream(
              new ByteArrayInputStream(seen, 0, 3), new ByteArrayInputStream(seen, 3, 17));
      SSLSocket server =
          (SSLSocket)
              each.serverContext().getSocketFactory().createSocket(accepted, consumed, true);
      assertFalse(server.getUseClientMode());
      try (SocketPair _ = new SocketPair(client, server)) {
        server.startHandshake();
        SocketPair.await(handshake);
        assertArrayEquals(new byte[] {1}, SocketPair.exchange(client, server, new byte[] {1}));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void acceptWithWhatWasSetOnTheServerSocket(Case each) throws Exception {
    try (SSLServerSocket listening = SocketPair.listen(each.serverContext())) {
      assertFalse(listening.getUseClientMode());
      listening.setNeedClientAuth(true);
      SSLParameters parameters = listening.getSSLParameters();
      assertTrue(parameters.getNeedClientAuth());
      parameters.setApplicationProtocols(new String[] {"b", "a"});
      listening.setSSLParameters(parameters);
      listening.setEnabledProtocols(new String[] {each.version()});
      SSLSocket client =
          (SSLSocket)
              each.clientContext(Contexts.CLIENT)
                  .getSocketFactory()
                  .createSocket(listening.getInetAddress(), listening.getLocalPort());
      SSLParameters offered = client.getSSLParameters();
      offered.setApplicationProtocols(new String[] {"a", "b"});
      client.setSSLParameters(offered);
      try (SocketPair pair = new SocketPair(client, (SSLSocket) listening.accept())) {
        pair.handshake();
        assertEquals(each.version(), client.getSession().getProtocol());
        assertEquals("b", client.getApplicationProtocol());
        assertEquals("b", pair.server().getApplicationProtocol());
        assertEquals(
            Contexts.CLIENT.certificate(), pair.server().getSession().getPeerCertificates()[0]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void askTheSelectorWithTheSocket(Case each) throws Exception {
    try (SocketPair pair = each.pair()) {
      SSLParameters offered = pair.client().getSSLParameters();
      offered.setApplicationProtocols(new String[] {"a", "b"});
      pair.client().setSSLParameters(offered);
      pair.server()
          .setHandshakeApplicationProtocolSelector(
              (socket, names) -> socket.equals(pair.server()) ? names.getLast() : null);
      pair.handshake();
      assertEquals("b", pair.client().getApplicationProtocol());
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void makeNoSessionIfNoneMayBeMade(Case each) throws Exception {
    try (SocketPair pair = each.pair()) {
      pair.client().setEnableSessionCreation(false);
      Future<?> server = pair.startServer();
      assertThrows(SSLException.class, () -> pair.client().startHandshake());
      assertInstanceOf(SSLException.class, SocketPair.failure(server));
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void serveHttpsUrlConnection(Case each) throws Exception {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".getBytes(UTF_8);
    try (SSLServerSocket listening = SocketPair.listen(each.serverContext())) {
      for (String host : List.of("localhost", "127.0.0.1")) {
        Future<?> server = SocketPair.elsewhere(() -> answerOnce(listening, answer));
        URI address = URI.create("https://" + host + ":" + listening.getLocalPort() + "/");
        HttpsURLConnection connection = (HttpsURLConnection) address.toURL().openConnection();
        connection.setSSLSocketFactory(each.clientContext().getSocketFactory());
        assertArrayEquals("ok".getBytes(UTF_8), connection.getInputStream().readAllBytes());
        assertEquals(Contexts.SERVER.certificate(), connection.getServerCertificates()[0]);
        SocketPair.await(server);
      }
    }
  }

  private static boolean answerOnce(SSLServerSocket listening, byte[] answer) throws Exception {
    try (Socket accepted = listening.accept()) {
      int read = accepted.getInputStream().read(new byte[4096]);
      accepted.getOutputStream().write(answer);
      return read > 0;
    }
  }

  /** A list of none is an answer too; parameters that only pass through are none. */
  @ParameterizedTest
  @MethodSource("cases")
  void askForNoNameIfTheyAreToldSoBeforeTheyConnect(Case each) throws Exception {
    InetAddress named =
        InetAddress.getByAddress(Contexts.HOST, InetAddress.getLoopbackAddress().getAddress());
    for (boolean told : new boolean[] {true, false}) {
      try (SSLServerSocket listening = SocketPair.listen(each.serverContext())) {
        SSLSocket client = (SSLSocket) each.clientContext().getSocketFactory().createSocket();
        SSLParameters parameters = client.getSSLParameters();
        if (told) {
          parameters.setServerNames(List.of());
        }
        client.setSSLParameters(parameters);
        client.connect(new InetSocketAddress(named, listening.getLocalPort()));
        client.setEnabledProtocols(new String[] {each.version()});
        try (SocketPair pair = new SocketPair(client, (SSLSocket) listening.accept()).handshake()) {
          ExtendedSSLSession session = (ExtendedSSLSession) pair.server().getSession();
          assertEquals(told, session.getRequestedServerNames().isEmpty());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void resumeThroughHttpsUrlConnection(Case each) throws Exception {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".getBytes(UTF_8);
    SSLSocketFactory factory = each.clientContext().getSocketFactory();
    try (SSLServerSocket listening = SocketPair.listen(each.serverContext())) {
      listening.setEnabledProtocols(new String[] {each.version()});
      URI address = URI.create("https://localhost:" + listening.getLocalPort() + "/");
      for (boolean resumed : new boolean[] {false, true, true}) {
        Future<?> server = SocketPair.elsewhere(() -> answerOnce(listening, answer));
        HttpsURLConnection connection = (HttpsURLConnection) address.toURL().openConnection();
        connection.setSSLSocketFactory(factory);
        connection.connect();
        SSLSession session = connection.getSSLSession().orElseThrow();
        assertEquals(resumed, Reprise.outcome(session) instanceof ResumptionOutcome.Resumed);
        assertEquals(each.version(), session.getProtocol());
        assertArrayEquals("ok".getBytes(UTF_8), connection.getInputStream().readAllBytes());
        SocketPair.await(server);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void askForACertificateThatNeedNotBeShown(Case each) throws Exception {
    try (SSLServerSocket listening = SocketPair.listen(each.serverContext())) {
      listening.setNeedClientAuth(true);
      listening.setWantClientAuth(true);
      assertTrue(listening.getWantClientAuth());
      assertFalse(listening.getNeedClientAuth());
      for (boolean shown : new boolean[] {true, false}) {
        SSLSocket client =
            SocketPair.connect(
                each.clientContext(shown ? Contexts.CLIENT : null),
                listening.getLocalPort(),
                each.version());
        try (SocketPair pair = new SocketPair(client, (SSLSocket) listening.accept())) {
          assertArrayEquals(new byte[] {1}, SocketPair.exchange(client, pair.server(), ONE));
          SSLSession session = pair.server().getSession();
          if (shown) {
            assertEquals(Contexts.CLIENT.certificate(), session.getPeerCertificates()[0]);
          } else {
            assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
          }
        }
      }
    }
  }

  /** The side that is called is TLS's client, as in FTP with data connections of the server's. */
  @ParameterizedTest
  @MethodSource("cases")
  void acceptAsClients(Case each) throws Exception {
    try (SSLServerSocket listening = SocketPair.listen(each.serverContext())) {
      listening.setUseClientMode(true);
      assertTrue(listening.getUseClientMode());
      SSLSocket caller =
          SocketPair.connect(
              each.clientContext(Contexts.SERVER), listening.getLocalPort(), each.version());
      caller.setUseClientMode(false);
      try (SocketPair pair = new SocketPair(caller, (SSLSocket) listening.accept())) {
        assertTrue(pair.server().getUseClientMode());
        assertArrayEquals(new byte[] {1}, SocketPair.exchange(caller, pair.server(), ONE));
        assertEquals(
            Contexts.SERVER.certificate(), pair.server().getSession().getPeerCertificates()[0]);
      }
    }
  }

  /** {@code jdk.net.ExtendedSocketOptions}, by name as they depend on the system. */
  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void haveTheSystemsOwnOptions(Case each) throws Exception {
    try (SocketPair pair = each.pair();
        Socket plain = new Socket();
        ServerSocket plainServer = new ServerSocket();
        SSLServerSocket listening = SocketPair.listen(each.serverContext())) {
      assertEquals(plain.supportedOptions(), pair.client().supportedOptions());
      assertEquals(plainServer.supportedOptions(), listening.supportedOptions());
      SocketOption<?> idle = option(plain, "TCP_KEEPIDLE");
      SSLSocket socket = pair.client();
      assertSame(socket, set(socket, idle, 33));
      assertEquals(33, socket.getOption(idle));
    }
  }

  private static SocketOption<?> option(Socket socket, String name) {
    return socket.supportedOptions().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static <T> Socket set(Socket socket, SocketOption<T> option, Object value)
      throws Exception {
    return socket.setOption(option, option.type().cast(value));
  }
}
