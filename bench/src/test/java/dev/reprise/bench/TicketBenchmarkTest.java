/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.TicketOpening;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TicketBenchmarkTest {
  private final TicketBenchmark benchmark = new TicketBenchmark();

  @BeforeEach
  void seal() {
    benchmark.seal();
  }

  @Test
  void sealsAndOpens() {
    assertNotNull(benchmark.sealTicket());
    assertInstanceOf(TicketOpening.Opened.class, benchmark.openTicket());
  }

  @Test
  void missesJunkForTheReasonThatItIsNamedFor() {
    assertEquals(MissReason.UNKNOWN_KEY, reason(benchmark.openUnknownName()));
    assertEquals(MissReason.NOT_AUTHENTIC, reason(benchmark.openBadTag()));
  }

  private static MissReason reason(TicketOpening opening) {
    return assertInstanceOf(TicketOpening.Missed.class, opening).reason();
  }
}
