/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.gateway.TlsProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FleetLoadTest {
  @Test
  void clientsComeBackAsOftenAsIsSaid() {
    SplittableRandom random = new SplittableRandom(1);
    FleetLoad load = FleetLoad.USUAL;
    double sum = 0;
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      Duration absence = load.absence(random);
      assertTrue(absence.compareTo(Duration.ofSeconds(1)) >= 0, absence::toString);
      assertTrue(absence.compareTo(load.longestReturn()) <= 0, absence::toString);
      sum += absence.toMillis();
    }
    assertEquals((double) load.meanReturn().toMillis(), sum / count, 200);
    assertEquals(500, load.handshakesPerSecond());
    assertEquals(130, load.withRate(130).handshakesPerSecond());
    assertEquals(2_600, load.withRate(130).clients());
  }

  @Test
  void clientsComeAtTheSameRateFromTheFirstSecondOn() {
    SplittableRandom random = new SplittableRandom(2);
    FleetLoad load = FleetLoad.USUAL;
    int[] visits = new int[60];
    for (int client = 0; client < load.clients(); client++) {
      long at = load.firstVisit(random).toMillis();
      while (at < visits.length * 1000L) {
        visits[(int) (at / 1000)]++;
        at += load.absence(random).toMillis();
      }
    }
    for (int inASecond : visits) {
      assertEquals(500, inASecond, 120);
    }
  }

  @Test
  void tellsWhatWasLostAndWhenRedisWasOfUseAgain() {
    Tally tally = new Tally();
    long second = Duration.ofSeconds(1).toNanos();
    Visitor visitor = Visitor.TLS12_SESSION_ID;
    tally.add(new Visit(visitor, 0, false, 0, false, "NOT_OFFERED", second));
    tally.add(new Visit(visitor, 12 * second, true, 0, false, "NOT_IN_STORE", second));
    tally.add(new Visit(visitor, 13 * second, true, 11 * second, false, null, second));
    tally.add(new Visit(Visitor.TLS13_TICKET, 14 * second, true, 0, true, null, second));
    tally.addFailure(visitor, new IllegalStateException("gone"));
    FleetResult result = new FleetResult(TlsProvider.REPRISE, FleetLoad.USUAL, tally, 10 * second);
    assertEquals(
        List.of(
            "Reprise",
            "TLS 1.2, session ID",
            "3",
            "2",
            "0",
            "0.000 %",
            "1 NOT_IN_STORE, 1 not told"),
        result.lines().get(2));
    assertEquals(
        List.of("Reprise", "all", "4", "3", "1", "33.333 %"), result.lines().get(3).subList(0, 6));
    assertEquals(
        Map.of("TLS 1.2, session ID: java.lang.IllegalStateException: gone", 1), tally.failures());
    String notes = result.notes();
    assertTrue(notes.startsWith("Reprise: 5 handshakes in 120 s, 1 failed {"), notes);
    assertTrue(
        notes.endsWith("every session that was made 1.0 s after its return or later."), notes);
  }
}
