/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.util.EnumSet;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client is Conscrypt's, the server ours. */
class ConscryptClientMatrixTest {
  private static final Tally TALLY = new Tally("Conscrypt's client, our server");
  private static final Stack OURS = new OwnStack();
  private static final Stack CONSCRYPT = new ConscryptStack();

  static Stream<Cell> cells() {
    return Stream.concat(
            Cells.tls13(EnumSet.allOf(Group.class), Mode.TLS13),
            Cells.tls12(Group.CLASSIC, Mode.TLS12))
        .filter(ConscryptStack::hasAsClient);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void agreesMovesAndResumes(Cell cell) throws SSLException {
    new CellRun(cell, CONSCRYPT, OURS).run();
    TALLY.count(cell);
  }

  @AfterAll
  static void tell() {
    TALLY.print();
  }
}
