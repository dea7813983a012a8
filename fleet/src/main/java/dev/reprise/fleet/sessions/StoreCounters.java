/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.fleet.SessionStoreCounts;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What {@link SessionStoreCounts} shows, while it is being counted. */
public final class StoreCounters {
  final LongAdder calls = new LongAdder();
  final LongAdder answered = new LongAdder();
  final LongAdder answerNanos = new LongAdder();
  final LongAdder late = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder unreachable = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder unknownKey = new LongAdder();
  final LongAdder notAuthentic = new LongAdder();
  final LongAdder storeFull = new LongAdder();
  final LongAdder notSealed = new LongAdder();
  final LongAdder nearHits = new LongAdder();
  final LongAdder keptLocal = new LongAdder();
  final LongAdder removalsLost = new LongAdder();
  final LongAdder nearCopiesDropped = new LongAdder();

  SessionStoreCounts snapshot(int removalsWaiting, SessionStoreCounts.Breaker breaker) {
    return new SessionStoreCounts(
        calls.sum(),
        answered.sum(),
        Duration.ofNanos(answerNanos.sum()),
        late.sum(),
        rejected.sum(),
        unreachable.sum(),
        refused.sum(),
        hits.sum(),
        misses.sum(),
        unknownKey.sum(),
        notAuthentic.sum(),
        storeFull.sum(),
        notSealed.sum(),
        nearHits.sum(),
        keptLocal.sum(),
        removalsWaiting,
        removalsLost.sum(),
        nearCopiesDropped.sum(),
        breaker);
  }
}
