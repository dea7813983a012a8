/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.util.EnumSet;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client is ours, the server SunJSSE's with tickets that it seals: its default. */
class SunServerMatrixTest {
  private static final Tally TALLY = new Tally("our client, SunJSSE's server");
  private static final Stack OURS = new OwnStack();
  private static final Stack SUN = new SunStack();

  static Stream<Cell> cells() {
    return Stream.concat(
        Cells.tls13(Group.CLASSIC, EnumSet.of(Mode.FULL, Mode.TICKET, Mode.TICKET_AFTER_RETRY)),
        Cells.tls12(Group.CLASSIC, EnumSet.of(Mode.FULL, Mode.TICKET)));
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
