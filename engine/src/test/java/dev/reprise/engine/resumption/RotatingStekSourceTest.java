/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.rules.Upholds;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotatingStekSourceTest {
  private static final Duration PERIOD = Duration.ofHours(6);
  private static final Duration LIFETIME = Duration.ofHours(6);

  private final FakeClock clock = FakeClock.create();
  private final RotatingStekSource source =
      new RotatingStekSource(clock, SeededRandom.of(1), PERIOD, LIFETIME);

  @Test
  @Upholds({"F2", "B17"})
  void exactlyOneKeyIssuesAtAnyTimeAndEveryKeyForOnePeriod() {
    Set<Stek> issued = new HashSet<>();
    for (int minutes = 0; minutes < 10 * 24 * 60; minutes += 7) {
      issued.add(onlyIssuing());
      clock.advance(Duration.ofMinutes(7));
    }
    assertEquals(40, issued.size());
    for (Stek key : issued) {
      assertEquals(PERIOD.toMillis(), key.issueUntilMillis() - key.issueFromMillis());
      assertEquals(LIFETIME.toMillis(), key.acceptUntilMillis() - key.issueUntilMillis());
    }
  }

  @Test
  void keysArePublishedTwoPeriodsBeforeTheyIssue() {
    Set<Stek> seen = new HashSet<>();
    long start = clock.millis();
    for (int hours = 0; hours < 10 * 24; hours++) {
      seen.addAll(source.ring().keys());
      clock.advance(Duration.ofHours(1));
    }
    for (Stek key : seen) {
      long ahead = key.issueFromMillis() - key.publishAtMillis();
      long possible = Math.min(2 * PERIOD.toMillis(), key.issueFromMillis() - start);
      assertEquals(possible, ahead);
    }
  }

  @Test
  void theKeyOfTheNextTwoPeriodsIsKnownAtAnyTime() {
    for (int hours = 0; hours < 5 * 24; hours++) {
      StekRing ring = source.ring();
      long now = clock.millis();
      assertNotNull(ring.issuing(now + PERIOD.toMillis()));
      assertNotNull(ring.issuing(now + 2 * PERIOD.toMillis()));
      clock.advance(Duration.ofHours(1));
    }
  }

  @Test
  @Upholds({"F2", "F3"})
  void aKeyIsAcceptedUntilATicketsLifetimeAfterItsLastTicketAndWipedThen() {
    Stek key = onlyIssuing();
    clock.advance(PERIOD.plus(LIFETIME).minusMillis(1));
    assertSame(key, source.ring().accepting(key.name(), clock.millis()));
    assertFalse(key.secret().isClosed());
    clock.advance(Duration.ofMillis(1));
    assertNull(source.ring().accepting(key.name(), clock.millis()));
    assertEquals(MissReason.KEY_EXPIRED, source.ring().missing(key.name(), clock.millis()));
    assertTrue(key.secret().isClosed());
    assertThrows(IllegalStateException.class, key.secret()::reveal);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 7, 12, 24, 72})
  void theRingHoldsAsManyKeysAsTheTicketLifetimeAsks(int lifetimeHours) {
    RotatingStekSource rotating =
        new RotatingStekSource(clock, SeededRandom.of(2), PERIOD, Duration.ofHours(lifetimeHours));
    clock.advance(Duration.ofDays(1));
    for (int hours = 0; hours < 10 * 24; hours++) {
      clock.advance(Duration.ofHours(1));
      long now = clock.millis();
      StekRing ring = rotating.ring();
      assertTrue(ring.keys().stream().allMatch(key -> key.acceptUntilMillis() > now));
      assertTrue(ring.keys().size() <= 4 + (lifetimeHours + 5) / 6);
    }
  }

  @Test
  void staysTheSameObjectAsLongAsNothingChanges() {
    StekRing ring = source.ring();
    clock.advance(PERIOD.minusMillis(1));
    assertSame(ring, source.ring());
    clock.advance(Duration.ofMillis(1));
    assertNotEquals(ring, source.ring());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 6 * 3600, 13 * 3600, 24 * 3600, 365 * 24 * 3600})
  void aJumpForwardIsFollowedAtOnce(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    onlyIssuing();
    assertLivesNoLongerThanItMay();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 6 * 3600, 13 * 3600, 24 * 3600, 365 * 24 * 3600})
  void aJumpBackIsFollowedAtOnce(long seconds) {
    clock.advance(Duration.ofDays(2));
    onlyIssuing();
    clock.advance(Duration.ofSeconds(-seconds));
    onlyIssuing();
    assertLivesNoLongerThanItMay();
    // And then the rotation goes on.
    Stek before = onlyIssuing();
    clock.advance(PERIOD);
    assertNotEquals(before, onlyIssuing());
  }

  @Test
  void keysOfAFutureThatIsFarOffAgainAreWiped() {
    List<Stek> future = source.ring().keys();
    clock.advance(Duration.ofDays(-365));
    onlyIssuing();
    assertTrue(future.stream().allMatch(key -> key.secret().isClosed()));
  }

  @Test
  void aSecondBackLosesNoTicket() {
    for (int i = 0; i < 4; i++) {
      clock.advance(PERIOD);
      source.ring();
    }
    Stek key = onlyIssuing();
    clock.advance(Duration.ofSeconds(-1));
    Stek earlier = onlyIssuing();
    assertNotEquals(key, earlier);
    assertSame(key, source.ring().accepting(key.name(), clock.millis()));
    clock.advance(Duration.ofSeconds(1));
    assertSame(key, onlyIssuing());
    assertSame(earlier, source.ring().accepting(earlier.name(), clock.millis()));
  }

  @Test
  void aClockThatJumpsAboutNeverLeavesItWithoutOneIssuingKey() {
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      double scale = Math.pow(10, 1 + 8.5 * random.nextDouble());
      clock.advance(Duration.ofMillis((long) (random.nextGaussian() * scale * 10)));
      onlyIssuing();
      assertLivesNoLongerThanItMay();
      assertTrue(source.ring().keys().size() < 40);
    }
  }

  @Test
  @Upholds("B17")
  void allNamesAndSecretsDiffer() {
    Set<String> names = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    Set<Stek> keys = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      for (Stek key : source.ring().keys()) {
        if (keys.add(key)) {
          assertTrue(names.add(key.name().toString()));
          assertTrue(secrets.add(java.util.Arrays.toString(key.secret().reveal())));
        }
      }
      clock.advance(PERIOD);
    }
    assertEquals(102, keys.size());
  }

  @Test
  void aRestartHasOtherKeys() {
    var other = new RotatingStekSource(clock, SeededRandom.of(2), PERIOD, LIFETIME);
    for (Stek key : source.ring().keys()) {
      assertNull(other.ring().accepting(key.name(), clock.millis()));
    }
  }

  @Test
  void refusesToStartOnABrokenSourceOfRandomness() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new RotatingStekSource(clock, new Failing(() -> true), PERIOD, LIFETIME));
  }

  @Test
  void rotationResumesByItselfOnceThereIsRandomnessAgain() {
    AtomicBoolean broken = new AtomicBoolean();
    var rotating = new RotatingStekSource(clock, new Failing(broken::get), PERIOD, LIFETIME);
    broken.set(true);
    clock.advance(Duration.ofDays(2));
    assertNull(rotating.ring().issuing(clock.millis()));
    broken.set(false);
    assertNotNull(rotating.ring().issuing(clock.millis()));
  }

  @Test
  void closingWipesAllKeys() {
    List<Stek> keys = source.ring().keys();
    source.close();
    assertTrue(keys.stream().allMatch(key -> key.secret().isClosed()));
    assertTrue(source.ring().keys().isEmpty());
    clock.advance(Duration.ofDays(1));
    assertTrue(source.ring().keys().isEmpty());
  }

  @Test
  void manyThreadsSeeOneRingAndAlwaysAnIssuingKey() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 50; round++) {
        clock.advance(round % 10 == 9 ? Duration.ofDays(365) : PERIOD);
        Callable<StekRing> ask = source::ring;
        List<Future<StekRing>> rings =
            threads.invokeAll(IntStream.range(0, 64).mapToObj(_ -> ask).toList());
        Set<Stek> issuing = new HashSet<>();
        for (Future<StekRing> ring : rings) {
          issuing.add(Objects.requireNonNull(ring.get().issuing(clock.millis())));
        }
        assertEquals(1, issuing.size());
      }
    }
  }

  @Test
  void ticketsAreSealedAndOpenedByManyThreadsAcrossRotations() throws Exception {
    TicketSealer sealer = new TicketSealer(source, SeededRandom.of(3), clock);
    Session session = Samples.session(dev.reprise.engine.wire.ProtocolVersion.TLS13);
    Callable<Integer> roundTrips =
        () -> {
          int opened = 0;
          for (int i = 0; i < 300; i++) {
            SealedTicket sealed = Objects.requireNonNull(sealer.seal(session));
            opened +=
                sealer.open(sealed.ticket(), session.version(), session.scope())
                        instanceof TicketOpening.Opened
                    ? 1
                    : 0;
            clock.advance(Duration.ofSeconds(3));
          }
          return opened;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> results =
          threads.invokeAll(IntStream.range(0, 32).mapToObj(_ -> roundTrips).toList());
      for (Future<Integer> result : results) {
        assertEquals(300, result.get());
      }
    }
  }

  private Stek onlyIssuing() {
    long now = clock.millis();
    List<Stek> issuing = new ArrayList<>(source.ring().keys());
    issuing.removeIf(key -> !key.issuesAt(now));
    assertEquals(1, issuing.size());
    assertSame(issuing.getFirst(), source.ring().issuing(now));
    return issuing.getFirst();
  }

  private void assertLivesNoLongerThanItMay() {
    long now = clock.millis();
    for (Stek key : source.ring().keys()) {
      assertTrue(key.acceptUntilMillis() > now);
      assertTrue(key.acceptUntilMillis() - now <= 4 * PERIOD.toMillis() + LIFETIME.toMillis());
    }
  }

  /** Zeros while {@code broken}, as a device without entropy gives. */
  private static final class Failing extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient java.util.function.BooleanSupplier broken;
    private final SeededRandom random = SeededRandom.of(1);

    Failing(java.util.function.BooleanSupplier broken) {
      this.broken = broken;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
      if (broken.getAsBoolean()) {
        java.util.Arrays.fill(bytes, (byte) 0);
      }
    }
  }
}
