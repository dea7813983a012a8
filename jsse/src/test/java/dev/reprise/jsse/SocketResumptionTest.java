/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client's socket may say about resumption beyond JSSE. */
class SocketResumptionTest {
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

  static Stream<String> versions() {
    return Stream.of(Contexts.TLS13, Contexts.TLS12);
  }

  /** Shakes hands with a server that then sends a byte, so that its tickets have come. */
  private static ResumptionOutcome used(SSLSocket client, SSLServerSocket listening)
      throws Exception {
    try (SocketPair pair = new SocketPair(client, (SSLSocket) listening.accept())) {
      pair.handshake();
      assertArrayEquals(
          new byte[] {1}, SocketPair.exchange(pair.server(), pair.client(), new byte[] {1}));
      return Objects.requireNonNull(Reprise.outcome(pair.client().getSession()));
    }
  }

  /** A server that never reads has nothing else that would lead it to what its store answered. */
  @Test
  void hasTheTicketsOfALateStoreAfterTheHandshake() throws Exception {
    FakeClock clock = FakeClock.create();
    MemorySessionStore memory = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    SSLContext context = Contexts.ourClient().clock(clock).build();
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .clock(clock)
            .withoutTickets()
            .sessionStore(new LateStore(memory))
            .build();
    try (SSLServerSocket listening = SocketPair.listen(server)) {
      assertInstanceOf(ResumptionOutcome.Full.class, usedInSilence(context, listening));
      assertInstanceOf(ResumptionOutcome.Resumed.class, usedInSilence(context, listening));
    }
  }

  private static ResumptionOutcome usedInSilence(SSLContext context, SSLServerSocket listening)
      throws Exception {
    SSLSocket client = SocketPair.connect(context, listening.getLocalPort(), Contexts.TLS13);
    try (SocketPair pair = new SocketPair(client, (SSLSocket) listening.accept())) {
      pair.handshake().server().shutdownOutput();
      assertEquals(-1, client.getInputStream().read());
      return Objects.requireNonNull(Reprise.outcome(client.getSession()));
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void resumesTheControlConnectionOnAnotherPort(String version) throws Exception {
    SSLContext context = Contexts.provided(null);
    SSLContext server = Contexts.provided(Contexts.SERVER);
    try (SSLServerSocket first = SocketPair.listen(server);
        SSLServerSocket second = SocketPair.listen(server)) {
      SSLSocket control = SocketPair.connect(context, first.getLocalPort(), version);
      ClientResumption.partition(control, "one");
      assertInstanceOf(ResumptionOutcome.Full.class, used(control, first));
      SSLSocket data = SocketPair.connect(context, second.getLocalPort(), version);
      ClientResumption.resume(data, control);
      assertInstanceOf(ResumptionOutcome.Resumed.class, used(data, second));
      SSLSocket other = SocketPair.connect(context, first.getLocalPort(), version);
      ClientResumption.partition(other, "two");
      assertInstanceOf(ResumptionOutcome.Full.class, used(other, first));
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void takesASessionAlong(String version) throws Exception {
    SSLContext server = Contexts.provided(Contexts.SERVER);
    try (SSLServerSocket listening = SocketPair.listen(server)) {
      SSLSocket first =
          SocketPair.connect(Contexts.provided(null), listening.getLocalPort(), version);
      assertInstanceOf(ResumptionOutcome.Full.class, used(first, listening));
      byte[] exported = ClientResumption.exportSession(first, KEY);
      assertNotNull(exported);
      SSLSocket second =
          SocketPair.connect(Contexts.provided(null), listening.getLocalPort(), version);
      ClientResumption.importSession(second, exported, KEY);
      assertInstanceOf(ResumptionOutcome.Resumed.class, used(second, listening));
    }
  }

  @Test
  void isForOurOwnSockets() throws Exception {
    try (SSLSocket socket = (SSLSocket) Contexts.sun(null).getSocketFactory().createSocket()) {
      IllegalArgumentException failure =
          assertThrows(
              IllegalArgumentException.class, () -> ClientResumption.partition(socket, "a"));
      assertEquals("Not a socket of Reprise", failure.getMessage());
    }
  }
}
