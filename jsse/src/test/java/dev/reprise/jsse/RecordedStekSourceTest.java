/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.FlightRecordings;
import dev.reprise.testkit.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

/** What Java Flight Recorder hears of ticket keys. */
class RecordedStekSourceTest {
  private static final Duration PERIOD = Duration.ofHours(6);

  private final FakeClock clock = FakeClock.create();

  private static List<RecordedEvent> events(FlightRecordings.Action action) throws Exception {
    return FlightRecordings.ofThisThread("dev.reprise.KeyRotation", action);
  }

  private static List<String> changes(FlightRecordings.Action action) throws Exception {
    return changes(events(action));
  }

  private static List<String> changes(List<RecordedEvent> events) {
    return events.stream()
        .map(event -> event.getString("change") + " " + event.getString("keyName"))
        .toList();
  }

  private RotatingStekSource rotating() {
    return new RotatingStekSource(clock, SeededRandom.of(1), PERIOD, PERIOD);
  }

  @Test
  void tellsOfEveryStepInALifeOfAKey() throws Exception {
    try (RotatingStekSource keys = rotating()) {
      RecordedStekSource recorded = new RecordedStekSource(keys, clock);
      List<RecordedEvent> begin = events(recorded::ring);
      List<String> names = keys.ring().keys().stream().map(Stek::keyName).toList();
      assertEquals(
          List.of(
              "published " + names.get(0),
              "published " + names.get(1),
              "published " + names.get(2),
              "issuing " + names.get(0)),
          changes(begin));
      RecordedEvent first = begin.getFirst();
      assertEquals("RotatingStekSource", first.getString("source"));
      assertEquals(FakeClock.START, first.getInstant("publishedAt"));
      assertEquals(FakeClock.START, first.getInstant("issuesFrom"));
      assertEquals(FakeClock.START.plus(PERIOD), first.getInstant("issuesUntil"));
      assertEquals(FakeClock.START.plus(PERIOD.multipliedBy(2)), first.getInstant("acceptedUntil"));
      assertEquals(List.of(), changes(recorded::ring));
      clock.advance(PERIOD);
      List<String> next = changes(recorded::ring);
      assertEquals("published " + keys.ring().keys().getLast().keyName(), next.get(0));
      assertEquals("issuing " + names.get(1), next.get(1));
      clock.advance(PERIOD);
      List<String> last = changes(recorded::ring);
      assertEquals("issuing " + names.get(2), last.get(1));
      assertEquals("erased " + names.get(0), last.get(2));
    }
  }

  @Test
  void tellsThatKeysAreErasedWhenTheirSourceIsClosed() throws Exception {
    RotatingStekSource keys = rotating();
    RecordedStekSource recorded = new RecordedStekSource(keys, clock);
    StekRing before = recorded.ring();
    keys.close();
    assertEquals(
        before.keys().stream().map(key -> "erased " + key.keyName()).toList(),
        changes(recorded::ring));
  }

  @Test
  void noticesThatAnotherKeyIssuesInTheSameRing() throws Exception {
    long now = clock.millis();
    StekRing ring = StekRing.of(key(1, now, now + 1000), key(2, now + 1000, now + 2000));
    RecordedStekSource recorded = new RecordedStekSource(() -> ring, clock);
    assertSame(ring, recorded.ring());
    clock.advance(Duration.ofSeconds(1));
    List<RecordedEvent> events = events(recorded::ring);
    assertEquals(List.of("issuing " + ring.keys().get(1).keyName()), changes(events));
    assertEquals("StekSource", events.getFirst().getString("source"));
  }

  @Test
  void isNotTakenForTwoSources() {
    StekSource once = StekSources.recorded(StekRing::of, clock);
    assertSame(once, StekSources.recorded(once, clock));
  }

  @Test
  void tellsNothingOfTheKeys() throws Exception {
    try (RotatingStekSource keys = rotating()) {
      List<String> secrets = new ArrayList<>();
      RecordedStekSource recorded = new RecordedStekSource(keys, clock);
      for (Stek key : keys.ring().keys()) {
        secrets.add(HexFormat.of().formatHex(key.secret().reveal(), 0, 4));
      }
      for (RecordedEvent event : events(recorded::ring)) {
        secrets.forEach(secret -> assertFalse(event.toString().contains(secret)));
      }
    }
  }

  private static Stek key(int seed, long from, long until) {
    byte[] name = new byte[Stek.NAME_LENGTH];
    byte[] secret = new byte[Stek.SECRET_LENGTH];
    Random random = new Random(seed);
    random.nextBytes(name);
    random.nextBytes(secret);
    return new Stek(Opaque.takeOver(name), Secret.takeOver(secret), 0, from, until, Long.MAX_VALUE);
  }
}
