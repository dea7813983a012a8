/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.engine.resumption.StekSource;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ticket keys of another source, whose coming and going is told to Java Flight Recorder as {@code
 * dev.reprise.KeyRotation}. A change is noticed by who asks for the ring next: every ticket does.
 *
 * <p>Contexts wrap what they are given by themselves. Who gives one source to several contexts
 * wraps it before, and each change is told once; who knows of changes may ask for the ring at once.
 */
public final class RecordedStekSource implements StekSource {
  /**
   * A ring that was looked at.
   *
   * @param issuing the key that seals
   * @param untilMillis when another one may, in the same ring
   */
  private record Seen(StekRing ring, @Nullable Stek issuing, long untilMillis) {}

  private final StekSource source;
  private final InstantSource clock;
  private volatile Seen seen = new Seen(StekRing.of(), null, Long.MAX_VALUE);

  /**
   * @param clock by which keys begin to issue
   */
  public RecordedStekSource(StekSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public StekRing ring() {
    StekRing ring = source.ring();
    if (!isSeen(ring)) {
      look();
    }
    return ring;
  }

  @SuppressWarnings("ReferenceEquality") // "as long as nothing changes it returns the same object"
  private boolean isSeen(StekRing ring) {
    Seen before = seen;
    return before.ring() == ring && clock.millis() < before.untilMillis();
  }

  private synchronized void look() {
    StekRing ring = source.ring(); // Another thread may have seen a younger one meanwhile.
    if (isSeen(ring)) {
      return;
    }
    long now = clock.millis();
    Seen before = seen;
    Stek issuing = ring.issuing(now);
    seen = new Seen(ring, issuing, nextSwitch(ring, now));
    tellNew(ring.keys(), before.ring().keys(), "published");
    if (issuing != null && !hasName(before.issuing(), issuing)) {
      tell(issuing, "issuing");
    }
    tellNew(before.ring().keys(), ring.keys(), "erased");
  }

  private void tellNew(List<Stek> keys, List<Stek> others, String change) {
    for (Stek key : keys) {
      if (others.stream().noneMatch(other -> hasName(other, key))) {
        tell(key, change);
      }
    }
  }

  private void tell(Stek key, String change) {
    if (FlightRecording.hasBegun()) {
      KeyRotationFlightEvent.tell(key, change, name());
    }
  }

  private static boolean hasName(@Nullable Stek key, Stek other) {
    return key != null && key.name().equals(other.name());
  }

  private static long nextSwitch(StekRing ring, long now) {
    return ring.keys().stream()
        .mapToLong(Stek::issueFromMillis)
        .filter(from -> from > now)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private String name() {
    Class<?> type = source.getClass();
    return type.isHidden() || type.isAnonymousClass() ? "StekSource" : type.getSimpleName();
  }
}
