/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.util.EnumSet;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client is ours, the server Conscrypt's.
 *
 * <p>Left out: tickets. Conscrypt's servers issue none, not even to its own clients, so that TLS
 * 1.3 has nothing to resume with, and TLS 1.2 goes by session IDs.
 */
class ConscryptServerMatrixTest {
  private static final Tally TALLY = new Tally("our client, Conscrypt's server");
  private static final Stack OURS = new NarrowClients(new OwnStack());
  private static final Stack CONSCRYPT = new ConscryptStack();

  static Stream<Cell> cells() {
    return Stream.concat(
            Cells.tls13(EnumSet.allOf(Group.class), EnumSet.of(Mode.FULL)),
            Cells.tls12(Group.CLASSIC, EnumSet.of(Mode.FULL, Mode.SESSION_ID)))
        .filter(ConscryptStack::has);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void agreesMovesAndResumes(Cell cell) throws SSLException {
    new CellRun(cell, OURS, CONSCRYPT).run();
    TALLY.count(cell);
  }

  @AfterAll
  static void tell() {
    TALLY.print();
  }
}
