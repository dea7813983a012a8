/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.SocketPair.Case;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How sockets stop: for a while, on one side, for good, and by violence. */
class SocketEndTest {
  static Stream<Case> cases() {
    return SocketPair.cases();
  }

  static Stream<Case> casesWithOurClient() {
    return cases().filter(Case::ourClient);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goOnAfterATimeout(Case each) throws Exception {
    try (SocketPair pair = each.pair().handshake()) {
      pair.client().setSoTimeout(5);
      InputStream in = pair.client().getInputStream();
      for (int i = 0; i < 3; i++) {
        assertThrows(SocketTimeoutException.class, in::read);
      }
      pair.client().setSoTimeout(10_000);
      pair.server().getOutputStream().write(7);
      assertEquals(7, in.read());
      assertArrayEquals(
          new byte[] {8}, SocketPair.exchange(pair.client(), pair.server(), new byte[] {8}));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void timeOutInAHandshakeThatNobodyAnswers(Case each) throws Exception {
    try (SocketPair pair = each.pair()) {
      pair.client().setSoTimeout(5);
      assertThrows(SocketTimeoutException.class, () -> pair.client().startHandshake());
      assertThrows(SocketTimeoutException.class, () -> pair.client().getInputStream().read());
      pair.client().setSoTimeout(10_000);
      pair.handshake();
      assertArrayEquals(
          new byte[] {8}, SocketPair.exchange(pair.client(), pair.server(), new byte[] {8}));
    }
  }

  /** Wherever within a record the time runs out. */
  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void loseNothingOfARecordWhenTheTimeRunsOut(Case each) throws Exception {
    for (boolean autoClose : new boolean[] {true, false}) {
      try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
          Socket plain = HesitantSocket.connectedTo(listening.getLocalSocketAddress());
          Socket accepted = listening.accept();
          SocketPair pair = SocketPair.layered(each, plain, accepted, autoClose)) {
        byte[] data = new byte[50_000];
        data[data.length - 1] = 1;
        Future<?> writing =
            SocketPair.elsewhere(() -> {
              pair.server().getOutputStream().write(data);
              return null;
            });
        assertArrayEquals(data, patiently(pair.client().getInputStream(), data.length));
        SocketPair.await(writing);
      }
    }
  }

  private static byte[] patiently(InputStream in, int length) throws IOException {
    byte[] all = new byte[length];
    int have = 0;
    while (have < length) {
      try {
        have += in.read(all, have, length - have);
      } catch (SocketTimeoutException _) {
        // Nothing is lost.
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void wakeAReaderWhenTheyAreClosed(Case each) throws Exception {
    try (SocketPair pair = each.pair().handshake()) {
      CountDownLatch reading = new CountDownLatch(1);
      Future<Integer> reader =
          SocketPair.elsewhere(() -> {
            InputStream in = pair.client().getInputStream();
            reading.countDown();
            return in.read();
          });
      reading.await();
      pair.client().close();
      assertInstanceOf(SocketException.class, endOf(reader));
      assertEquals(-1, pair.server().getInputStream().read());
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void wakeAWriterWhenTheyAreClosed(Case each) throws Exception {
    try (SocketPair pair = each.pair().handshake()) {
      CountDownLatch stuck = new CountDownLatch(200);
      Future<?> writer =
          SocketPair.elsewhere(() -> {
            OutputStream out = pair.client().getOutputStream();
            while (true) {
              out.write(new byte[16_384]);
              stuck.countDown();
            }
          });
      // Far more than the system buffers for a peer that does not read.
      pair.client().setSoLinger(true, 0);
      boolean _ = stuck.await(200, java.util.concurrent.TimeUnit.MILLISECONDS);
      pair.client().close();
      assertInstanceOf(IOException.class, SocketPair.failure(writer));
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void refuseEverythingOnceClosed(Case each) throws Exception {
    try (SocketPair pair = each.pair().handshake()) {
      InputStream in = pair.client().getInputStream();
      OutputStream out = pair.client().getOutputStream();
      pair.client().close();
      pair.client().close();
      assertTrue(pair.client().isClosed());
      assertTrue(pair.client().isInputShutdown());
      assertTrue(pair.client().isOutputShutdown());
      assertThrows(SocketException.class, () -> out.write(1));
      assertThrows(SocketException.class, () -> pair.client().startHandshake());
      assertThrows(SocketException.class, () -> pair.client().getInputStream());
      assertEquals(0, in.available());
      assertThrows(SocketException.class, in::read);
    }
  }

  /** What a session that is kept could still export are the keys of everything that was said. */
  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void exportNothingOnceClosed(Case each) throws Exception {
    for (boolean autoClose : new boolean[] {true, false}) {
      try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
          Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
          Socket accepted = listening.accept()) {
        SocketPair pair = SocketPair.layered(each, plain, accepted, autoClose).handshake();
        assertArrayEquals(
            new byte[] {1}, SocketPair.exchange(pair.server(), pair.client(), new byte[] {1}));
        ExtendedSSLSession kept = (ExtendedSSLSession) pair.client().getSession();
        assertEquals(32, kept.exportKeyingMaterialData("EXPERIMENTAL test", null, 32).length);
        pair.close();
        assertThrows(
            IllegalStateException.class,
            () -> kept.exportKeyingMaterialData("EXPERIMENTAL test", null, 32));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void exportNothingOnceTheyWereReset(Case each) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept()) {
      SocketPair pair = SocketPair.layered(each, plain, accepted, true).handshake();
      ExtendedSSLSession kept = (ExtendedSSLSession) pair.client().getSession();
      reset(accepted);
      InputStream in = pair.client().getInputStream();
      assertThrows(SocketException.class, in::readAllBytes);
      assertThrows(
          IllegalStateException.class,
          () -> kept.exportKeyingMaterialData("EXPERIMENTAL test", null, 32));
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** A handshake that is given up has failed, and what it held goes as in any other failure. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void giveUpAHandshakeWhenTheyAreClosedInIt(boolean autoClose) throws Exception {
    List<HandshakeEvent> events = new CopyOnWriteArrayList<>();
    SSLContext client = Contexts.ourClient().listener(events::add).build();
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept()) {
      SSLSocket socket =
          (SSLSocket) client.getSocketFactory().createSocket(plain, Contexts.HOST, 443, autoClose);
      socket.setSoTimeout(5);
      assertThrows(SocketTimeoutException.class, socket::startHandshake);
      assertTrue(accepted.getInputStream().read() >= 0);
      assertEquals(List.of(), events);
      socket.close();
      assertEquals(1, events.size());
      assertFalse(events.getFirst().isSuccess());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takeACutForAnEnd(Case each) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept()) {
      SocketPair pair = SocketPair.layered(each, plain, accepted, true).handshake();
      pair.server().getOutputStream().write(3);
      accepted.shutdownOutput();
      InputStream in = pair.client().getInputStream();
      assertEquals(3, in.read());
      assertEquals(-1, in.read());
      assertEquals(-1, in.read());
      pair.client().close();
    }
  }

  /** The answer to close_notify finds nobody: all that the peer had to say was said. */
  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void readToTheEndOfAPeerThatIsGone(Case each) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        BreakableSocket plain = new BreakableSocket()) {
      plain.connect(listening.getLocalSocketAddress());
      SocketPair pair = SocketPair.layered(each, plain, listening.accept(), true).handshake();
      pair.server().getOutputStream().write(3);
      pair.server().close();
      plain.broken = true;
      InputStream in = pair.client().getInputStream();
      assertEquals(3, in.read());
      assertEquals(-1, in.read());
      assertEquals(-1, in.read());
      pair.client().close();
    }
  }

  /** Nothing can be written any more, as after a reset. */
  private static final class BreakableSocket extends Socket {
    private volatile boolean broken;

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          if (broken) {
            throw new SocketException("Broken pipe");
          }
          out.write(bytes, offset, length);
        }
      };
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void complainOfACutInTheHandshake(Case each) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept()) {
      SocketPair pair = SocketPair.layered(each, plain, accepted, true);
      accepted.shutdownOutput();
      SSLException failure =
          assertThrows(SSLHandshakeException.class, () -> pair.client().startHandshake());
      assertInstanceOf(EOFException.class, failure.getCause());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void complainIfTheInputIsShutDownTooEarly(Case each) throws Exception {
    try (SocketPair pair = each.pair().handshake()) {
      assertThrows(SSLException.class, () -> pair.client().shutdownInput());
      assertTrue(pair.client().isInputShutdown());
      pair.client().shutdownInput();
      pair.client().getOutputStream().write(4);
      assertEquals(4, pair.server().getInputStream().read());
    }
  }

  /** The plain socket is the application's again, with what the peer sends after TLS. */
  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void giveALentSocketBack(Case each) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept()) {
      SocketPair pair = SocketPair.layered(each, plain, accepted, false).handshake();
      assertArrayEquals(
          new byte[] {1}, SocketPair.exchange(pair.server(), pair.client(), new byte[] {1}));
      Future<?> server =
          SocketPair.elsewhere(() -> {
            assertEquals(-1, pair.server().getInputStream().read());
            pair.server().close();
            accepted.getOutputStream().write(new byte[] {42});
            return null;
          });
      pair.client().shutdownOutput();
      assertEquals(-1, pair.client().getInputStream().read());
      pair.client().close();
      assertEquals(42, plain.getInputStream().read());
      SocketPair.await(server);
      plain.getOutputStream().write(43);
      assertEquals(43, accepted.getInputStream().read());
    }
  }

  /** The JDK's provider ends some reads in -1 and others in an exception. */
  private static Throwable endOf(Future<Integer> reader) throws Exception {
    try {
      int read = SocketPair.await(reader);
      return read == -1 ? new SocketException("-1") : new AssertionError("it read " + read);
    } catch (SocketException e) {
      return e;
    }
  }

  /** Nobody knows how much of a record has gone: to go on is to go on for ever. */
  @ParameterizedTest
  @MethodSource("casesWithOurClient")
  void giveUpAHandshakeThatWasInterruptedWhileItWrote(Case each) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket plain = new MuteSocket();
        SSLSocket client = overMute(each, plain, listening)) {
      assertThrows(InterruptedIOException.class, client::startHandshake);
      assertThrows(
          IOException.class,
          () -> SocketPair.await(SocketPair.elsewhere(() -> client.getInputStream().read())));
    }
  }

  private static SSLSocket overMute(Case each, Socket plain, ServerSocket listening)
      throws IOException {
    plain.connect(listening.getLocalSocketAddress());
    return (SSLSocket)
        each.clientContext().getSocketFactory().createSocket(plain, Contexts.HOST, 443, true);
  }

  /** Its writing is interrupted, as that of a socket with a timeout for it. */
  private static final class MuteSocket extends Socket {
    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          throw new InterruptedIOException("Write timed out");
        }
      };
    }
  }
}
