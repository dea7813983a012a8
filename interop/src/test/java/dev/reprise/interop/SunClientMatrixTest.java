/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client is SunJSSE's, the server ours. */
class SunClientMatrixTest {
  private static final Tally TALLY = new Tally("SunJSSE's client, our server");
  private static final Stack OURS = new OwnStack();
  private static final Stack SUN = new SunStack();

  static Stream<Cell> cells() {
    return Stream.concat(
        Cells.tls13(Group.CLASSIC, Mode.TLS13), Cells.tls12(Group.CLASSIC, Mode.TLS12));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void agreesMovesAndResumes(Cell cell) throws SSLException {
    new CellRun(cell, SUN, OURS).run();
    TALLY.count(cell);
  }

  @AfterAll
  static void tell() {
    TALLY.print();
  }
}
