/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.util.EnumSet;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client is ours, the server SunJSSE's with a session cache, which it has only in a JVM of its
 * own.
 *
 * <p>Left out: PSK after HelloRetryRequest. SunJSSE takes the session out of its cache when it
 * reads the first ClientHello, and so does not find it in the second one: a full handshake.
 */
@EnabledIfSystemProperty(named = "jdk.tls.server.enableSessionTicketExtension", matches = "false")
class SunStatefulServerMatrixTest {
  private static final Tally TALLY = new Tally("our client, SunJSSE's server with a session cache");
  private static final Stack OURS = new OwnStack();
  private static final Stack SUN = new SunStack();

  static Stream<Cell> cells() {
    return Stream.concat(
        Cells.tls13(Group.CLASSIC, EnumSet.of(Mode.STATEFUL_TICKET)),
        Cells.tls12(Group.CLASSIC, EnumSet.of(Mode.SESSION_ID)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void agreesMovesAndResumes(Cell cell) throws SSLException {
    new CellRun(cell, OURS, SUN).run();
    TALLY.count(cell);
  }

  @AfterAll
  static void tell() {
    TALLY.print();
  }
}
