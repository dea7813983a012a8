/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.RepriseSession;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One cell: a full handshake, 1 KiB each way, a close; then, where the mode resumes, the same twice
 * more, since a resumed connection hands out sessions too. What was agreed is asked of each side
 * and, as far as it can be seen there, of the wire.
 */
final class CellRun {
  private static final int RESUMPTIONS = 2;
  private static final byte[] REQUEST = data((byte) 'q');
  private static final byte[] RESPONSE = data((byte) 's');

  /** No two cells may offer each other's sessions. */
  private static final AtomicInteger NEXT_PORT = new AtomicInteger(1);

  private final Cell cell;
  private final Stack client;
  private final Stack server;
  private final int port = NEXT_PORT.getAndIncrement();

  CellRun(Cell cell, Stack client, Stack server) {
    this.cell = cell;
    this.client = client;
    this.server = server;
  }

  void run() throws SSLException {
    connect(null);
    Mechanism mechanism = cell.mode().mechanism();
    for (int i = 0; i < RESUMPTIONS && mechanism != null; i++) {
      connect(mechanism);
    }
  }

  /**
   * @param mechanism null for a full handshake
   */
  private void connect(@Nullable Mechanism mechanism) throws SSLException {
    EnginePair pair = EnginePair.of(client.client(cell, port), server.server(cell));
    pair.handshake();
    checkWire(ServerMessages.of(pair.flights()), mechanism != null);
    checkSession(pair.client().getSession(), mechanism);
    checkSession(pair.server().getSession(), mechanism);
    checkPeers(pair.client().getSession(), pair.server().getSession());
    checkOutcome(Side.CLIENT, pair.client().getSession(), mechanism);
    checkOutcome(Side.SERVER, pair.server().getSession(), mechanism);
    assertArrayEquals(REQUEST, pair.send(Side.CLIENT, REQUEST));
    assertArrayEquals(RESPONSE, pair.send(Side.SERVER, RESPONSE));
    if (client.closesByTheRules() && server.closesByTheRules()) {
      pair.close(Side.CLIENT);
    }
  }

  private void checkWire(ServerMessages messages, boolean resumed) {
    assertEquals(resumed, messages.resumed(cell.version()), "resumed, on the wire");
    assertEquals(cell.mode().retries(), messages.retried(), "a HelloRetryRequest on the wire");
  }

  private void checkSession(SSLSession session, @Nullable Mechanism mechanism) {
    assertEquals(cell.version().jsseName(), session.getProtocol());
    assertEquals(cell.suite(), session.getCipherSuite());
    if (session instanceof RepriseSession ours) {
      boolean exchanged = mechanism == null || cell.version() == Version.TLS13;
      assertEquals(exchanged ? cell.group().standardName() : null, ours.keyExchangeGroup());
    }
  }

  private void checkPeers(SSLSession clients, SSLSession servers)
      throws SSLPeerUnverifiedException {
    assertEquals(
        TestCertificates.server(cell.key()).certificate(), clients.getPeerCertificates()[0]);
    switch (cell.proof()) {
      case NOT_ASKED, DECLINED ->
          assertThrows(SSLPeerUnverifiedException.class, servers::getPeerCertificates);
      case GIVEN ->
          assertEquals(
              TestCertificates.client(cell.key()).certificate(), servers.getPeerCertificates()[0]);
    }
  }

  /** Only our sessions tell; whether a ticket is stateful only the server knows. */
  private static void checkOutcome(Side side, SSLSession session, @Nullable Mechanism mechanism) {
    if (session instanceof RepriseSession ours) {
      switch (ours.resumptionOutcome()) {
        case ResumptionOutcome.Full(MissReason reason, _) -> {
          assertEquals(null, mechanism);
          assertEquals(MissReason.NOT_OFFERED, reason);
        }
        case ResumptionOutcome.Resumed(Mechanism actual, _, _) ->
            assertEquals(seenFrom(side, mechanism), actual);
        case ResumptionOutcome.Refused refused -> throw new AssertionError(refused);
      }
    }
  }

  private static @Nullable Mechanism seenFrom(Side side, @Nullable Mechanism mechanism) {
    return side == Side.CLIENT && mechanism == Mechanism.STATEFUL_TICKET
        ? Mechanism.TICKET
        : mechanism;
  }

  private static byte[] data(byte fill) {
    byte[] bytes = new byte[1024];
    Arrays.fill(bytes, fill);
    return bytes;
  }
}
