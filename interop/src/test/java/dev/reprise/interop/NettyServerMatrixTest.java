/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.ClientResumption;
import dev.reprise.jsse.RepriseSession;
import dev.reprise.testkit.TestCertificates;
import java.io.IOException;
import java.util.EnumSet;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client is ours, the server BoringSSL's in Netty: the hybrid group, with resumption. Over TCP,
 * since engines of Netty want to be driven as Netty does it.
 */
@EnabledIf("io.netty.handler.ssl.OpenSsl#isAvailable")
class NettyServerMatrixTest {
  private static final Tally TALLY = new Tally("our client, Netty's server with BoringSSL");
  private static final Stack OURS = new NarrowClients(new OwnStack());
  private static final int RESUMPTIONS = 2;

  static Stream<Cell> cells() {
    return Stream.concat(
            Cells.tls13(
                EnumSet.allOf(Group.class), EnumSet.of(Mode.TICKET, Mode.TICKET_AFTER_RETRY)),
            Cells.tls12(Group.CLASSIC, EnumSet.of(Mode.TICKET)))
        .filter(ConscryptStack::has);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void agreesMovesAndResumes(Cell cell) throws IOException {
    try (EchoServer server = new EchoServer(cell)) {
      ResumptionOutcome first = connect(cell, server, false);
      assertEquals(new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null), first);
      for (int i = 0; i < RESUMPTIONS; i++) {
        var resumed =
            assertInstanceOf(ResumptionOutcome.Resumed.class, connect(cell, server, true));
        assertEquals(Mechanism.TICKET, resumed.mechanism());
      }
    }
    TALLY.count(cell);
  }

  private static ResumptionOutcome connect(Cell cell, EchoServer server, boolean resuming)
      throws IOException {
    SSLEngine engine = OURS.client(cell, server.port());
    // The system may have lent the port to another cell before.
    ClientResumption.partition(engine, cell.toString());
    try (Connection connection = Connection.open(engine)) {
      var session = assertInstanceOf(RepriseSession.class, connection.session());
      assertEquals(cell.version().jsseName(), session.getProtocol());
      assertEquals(cell.suite(), session.getCipherSuite());
      boolean exchanged = !resuming || cell.version() == Version.TLS13;
      assertEquals(exchanged ? cell.group().standardName() : null, session.keyExchangeGroup());
      assertEquals(
          TestCertificates.server(cell.key()).certificate(), session.getPeerCertificates()[0]);
      assertEquals("read this!", connection.exchange("read this!"));
      return session.resumptionOutcome();
    }
  }

  @AfterAll
  static void tell() {
    TALLY.print();
  }
}
