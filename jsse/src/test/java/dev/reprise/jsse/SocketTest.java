/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.SocketPair.Case;
import dev.reprise.testkit.SeededRandom;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sockets of ours and of the JDK's provider, in every pairing: both have to do the same. */
class SocketTest {
  static Stream<Case> cases() {
    return SocketPair.cases();
  }

  static Stream<Case> casesWithOurServer() {
    return cases().filter(Case::ourServer);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void moveMuchDataBothWaysAtOnce(Case each) throws Exception {
    byte[] data = new byte[1 << 20];
    SeededRandom.of(1).nextBytes(data);
    try (SocketPair pair = each.pair()) {
      Future<byte[]> there =
          SocketPair.elsewhere(() -> SocketPair.exchange(pair.client(), pair.server(), data));
      Future<byte[]> back =
          SocketPair.elsewhere(() -> SocketPair.exchange(pair.server(), pair.client(), data));
      assertArrayEquals(data, SocketPair.await(there));
      assertArrayEquals(data, SocketPair.await(back));
      assertEquals(each.version(), pair.client().getSession().getProtocol());
      assertEquals(each.version(), pair.server().getSession().getProtocol());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void resume(Case each) throws Exception {
    SSLContext client = each.clientContext();
    SSLContext server = each.serverContext();
    try (SSLServerSocket listening = SocketPair.listen(server)) {
      for (int i = 0; i < 3; i++) {
        SSLSocket connected = SocketPair.connect(client, listening.getLocalPort(), each.version());
        try (SocketPair pair = new SocketPair(connected, (SSLSocket) listening.accept())) {
          assertArrayEquals(
              new byte[] {5}, SocketPair.exchange(pair.client(), pair.server(), new byte[] {5}));
          assertArrayEquals(
              new byte[] {6}, SocketPair.exchange(pair.server(), pair.client(), new byte[] {6}));
          requireResumed(i > 0, pair.client().getSession());
          requireResumed(i > 0, pair.server().getSession());
          assertEquals(
              Contexts.SERVER.certificate(), pair.client().getSession().getPeerCertificates()[0]);
        }
      }
    }
  }

  private static void requireResumed(boolean expected, SSLSession session) {
    if (session instanceof RepriseSession ours) {
      assertEquals(expected, ours.resumptionOutcome() instanceof ResumptionOutcome.Resumed);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellListenersOnAnotherThread(Case each) throws Exception {
    CompletableFuture<HandshakeCompletedEvent> heard = new CompletableFuture<>();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    try (SocketPair pair = each.pair()) {
      pair.client()
          .addHandshakeCompletedListener(event -> {
            thread.complete(Thread.currentThread());
            heard.complete(event);
          });
      pair.handshake();
      HandshakeCompletedEvent event = heard.get(10, TimeUnit.SECONDS);
      assertSame(pair.client(), event.getSocket());
      assertEquals(each.version(), event.getSession().getProtocol());
      assertEquals(Contexts.SERVER.certificate(), event.getPeerCertificates()[0]);
      assertNotEquals(Thread.currentThread(), thread.join());
      assertThrows(
          IllegalArgumentException.class,
          () -> pair.client().removeHandshakeCompletedListener(_ -> {}));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readNothingIfNothingIsWanted(Case each) throws Exception {
    try (SocketPair pair = each.pair()) {
      assertEquals(0, pair.client().getInputStream().read(new byte[0]));
      pair.client().getOutputStream().write(new byte[0]);
      pair.handshake();
      assertEquals(0, pair.client().getInputStream().available());
      pair.server().getOutputStream().write(new byte[] {1, 2, 3});
      InputStream in = pair.client().getInputStream();
      assertEquals(1, in.read());
      assertEquals(2, in.available());
      byte[] rest = {9, 9, 9, 9};
      assertEquals(2, in.read(rest, 1, 3));
      assertArrayEquals(new byte[] {9, 2, 3, 9}, rest);
      assertThrows(IndexOutOfBoundsException.class, () -> in.read(rest, 3, 2));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sendOnAfterTheOtherHasClosedItsOutput(Case each) throws Exception {
    try (SocketPair pair = each.pair().handshake()) {
      pair.client().getOutputStream().write(7);
      pair.client().shutdownOutput();
      assertTrue(pair.client().isOutputShutdown());
      assertThrows(SocketException.class, () -> pair.client().getOutputStream());
      InputStream in = pair.server().getInputStream();
      assertEquals(7, in.read());
      assertEquals(-1, in.read());
      assertEquals(-1, in.read());
      if (each.isTls13()) {
        pair.server().getOutputStream().write(new byte[] {8, 9});
        pair.server().shutdownOutput();
        assertArrayEquals(new byte[] {8, 9}, pair.client().getInputStream().readAllBytes());
      } else {
        assertEquals(-1, pair.client().getInputStream().read());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readAnEndAfterTheOtherHasClosed(Case each) throws Exception {
    try (SocketPair pair = each.pair().handshake()) {
      pair.server().getOutputStream().write(7);
      Future<?> closing =
          SocketPair.elsewhere(() -> {
            pair.server().close();
            return null;
          });
      InputStream in = pair.client().getInputStream();
      assertEquals(7, in.read());
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(new byte[9]));
      SocketPair.await(closing);
      assertTrue(pair.server().isClosed());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void haveASessionThatIsGoodForNothingIfTheHandshakeFails(Case each) throws Exception {
    SSLContext stranger = each.ourClient() ? context() : sunContext();
    try (SocketPair pair = SocketPair.of(stranger, each.serverContext(), each.version())) {
      Future<?> server = pair.startServer();
      SSLSession session = pair.client().getSession();
      assertEquals("SSL_NULL_WITH_NULL_NULL", session.getCipherSuite());
      assertFalse(session.isValid());
      // The JDK's server may have been about to send, and not know why it cannot.
      Class<? extends IOException> known =
          each.ourServer() ? SSLException.class : IOException.class;
      assertInstanceOf(known, SocketPair.failure(server));
      assertThrows(IOException.class, () -> pair.client().getInputStream());
      assertTrue(pair.client().isClosed());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void knowNothingBeforeTheyAreConnected(Case each) throws Exception {
    try (SSLSocket socket = (SSLSocket) each.clientContext().getSocketFactory().createSocket()) {
      assertFalse(socket.isConnected());
      assertThrows(SocketException.class, socket::startHandshake);
      assertThrows(SocketException.class, socket::getInputStream);
      assertThrows(SocketException.class, socket::getOutputStream);
      assertEquals("SSL_NULL_WITH_NULL_NULL", socket.getSession().getCipherSuite());
      assertNull(socket.getHandshakeSession());
      assertTrue(socket.getUseClientMode());
      assertNull(socket.getApplicationProtocol());
      assertNotNull(socket.getSSLParameters());
      assertTrue(List.of(socket.getSupportedProtocols()).contains(Contexts.TLS12));
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithOurServer")
  void sayWhyTheOtherHasRefused(Case each) throws Exception {
    try (SocketPair pair = each.pair()) {
      pair.server().setNeedClientAuth(true);
      Future<?> server = pair.startServer();
      InputStream in = pair.client().getInputStream();
      // In TLS 1.3 the client's part of the handshake is over by then.
      SSLException failure = assertThrows(SSLException.class, in::read);
      assertInstanceOf(SSLHandshakeException.class, SocketPair.failure(server));
      assertTrue(failure.toString().contains("Received fatal alert"), failure::toString);
      SSLException again = assertThrows(SSLException.class, in::read);
      assertTrue(again.toString().contains("Received fatal alert"), again::toString);
    }
  }

  static Stream<Case> casesOfTls13() {
    return cases().filter(Case::isTls13);
  }

  static Stream<Case> casesOfTls13WithOneOfOurs() {
    return casesOfTls13().filter(each -> each.ourClient() || each.ourServer());
  }

  /**
   * Two of the JDK's sockets ask each other for new keys, and a reader that answers while another
   * thread asks can leave them with keys that differ (bad_record_mac). Ours asks for none back.
   */
  @ParameterizedTest
  @MethodSource("casesOfTls13WithOneOfOurs")
  void changeKeysWhileTheyRead(Case each) throws Exception {
    try (SocketPair pair = each.pair().handshake()) {
      for (byte i = 1; i < 5; i++) {
        byte[] data = {i};
        Future<byte[]> there = SocketPair.elsewhere(() -> read(pair.server()));
        Future<byte[]> back = SocketPair.elsewhere(() -> read(pair.client()));
        pair.client().startHandshake();
        pair.server().startHandshake();
        pair.client().getOutputStream().write(data);
        pair.server().getOutputStream().write(data);
        assertArrayEquals(data, SocketPair.await(there));
        assertArrayEquals(data, SocketPair.await(back));
      }
    }
  }

  private static byte[] read(SSLSocket socket) throws IOException {
    return socket.getInputStream().readNBytes(1);
  }

  static Stream<Case> casesOfTls13WithOurClient() {
    return casesOfTls13().filter(Case::ourClient);
  }

  /** A client of TLS 1.3 may be refused when it is long through, and while it only writes. */
  @ParameterizedTest
  @MethodSource("casesOfTls13WithOurClient")
  void tellTheWriterWhatTheReaderHasHeard(Case each) throws Exception {
    try (SocketPair pair = each.pair()) {
      OutputStream out = pair.client().getOutputStream();
      pair.server().setNeedClientAuth(true);
      Future<?> server = pair.startServer();
      pair.client().startHandshake();
      Future<byte[]> reading = SocketPair.elsewhere(() -> read(pair.client()));
      assertInstanceOf(SSLException.class, SocketPair.failure(server));
      assertInstanceOf(SSLException.class, SocketPair.failure(reading));
      SSLException failure = assertThrows(SSLException.class, () -> out.write(1));
      assertTrue(failure.toString().contains("Received fatal alert"), failure::toString);
    }
  }

  private static SSLContext context() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", new RepriseProvider());
    context.init(null, null, null);
    return context;
  }

  private static SSLContext sunContext() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
    context.init(null, null, null);
    return context;
  }
}
