/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.fleet.Fleet;
import dev.reprise.fleet.SessionStoreCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What became of this node's calls of the store that its fleet shares. */
record StoreMetrics(MeterRegistry registry, Fleet fleet) {
  void register() {
    answers();
    calls("late", SessionStoreCounts::late);
    calls("rejected", SessionStoreCounts::rejected);
    calls("unreachable", SessionStoreCounts::unreachable);
    counter("refused", "Answers of Redis that were errors", SessionStoreCounts::refused);
    lookups("hit", SessionStoreCounts::hits);
    lookups("near", SessionStoreCounts::nearHits);
    lookups("miss", SessionStoreCounts::misses);
    counter(
        "unknown.key",
        "Sessions found under a key that this node does not know",
        SessionStoreCounts::unknownKey);
    counter(
        "unauthentic",
        "Answers that were no session of this fleet, or not at their place",
        SessionStoreCounts::notAuthentic);
    counter("full", "Sessions that Redis had no memory for", SessionStoreCounts::storeFull);
    counter(
        "unsealed",
        "Sessions that were not sent, since no key issued or they were too long",
        SessionStoreCounts::notSealed);
    counter(
        "local",
        "Sessions that only this node has, since Redis has not acknowledged them",
        SessionStoreCounts::keptLocal);
    counter(
        "removals.lost", "Removals too many to wait for Redis", SessionStoreCounts::removalsLost);
    counter(
        "near.dropped",
        "How often all near copies went, as something was revoked or removals may have been missed",
        SessionStoreCounts::nearCopiesDropped);
    Gauge.builder(
            "reprise.store.removals.waiting", fleet, each -> each.sessionCounts().removalsWaiting())
        .description("Sessions that other nodes have yet to be told to forget")
        .register(registry);
    for (SessionStoreCounts.Breaker state : SessionStoreCounts.Breaker.values()) {
      breaker(state);
    }
  }

  private void answers() {
    FunctionTimer.builder(
            "reprise.store.answers",
            fleet,
            each -> each.sessionCounts().answered(),
            each -> each.sessionCounts().answerTime().toNanos(),
            TimeUnit.NANOSECONDS)
        .description("Calls of the shared store that were answered in time")
        .register(registry);
  }

  private void calls(String outcome, ToDoubleFunction<SessionStoreCounts> count) {
    FunctionCounter.builder(
            "reprise.store.failures", fleet, each -> count.applyAsDouble(each.sessionCounts()))
        .description("Calls of the shared store that had no answer by the deadline")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void lookups(String result, ToDoubleFunction<SessionStoreCounts> count) {
    FunctionCounter.builder(
            "reprise.store.lookups", fleet, each -> count.applyAsDouble(each.sessionCounts()))
        .description("Sessions looked for in the shared store, or in the node's copies of its own")
        .tag("result", result)
        .register(registry);
  }

  private void counter(
      String name, String description, ToDoubleFunction<SessionStoreCounts> count) {
    FunctionCounter.builder(
            "reprise.store." + name, fleet, each -> count.applyAsDouble(each.sessionCounts()))
        .description(description)
        .register(registry);
  }

  private void breaker(SessionStoreCounts.Breaker state) {
    Gauge.builder(
            "reprise.store.breaker", fleet, each -> each.sessionCounts().breaker() == state ? 1 : 0)
        .description("Whether calls are sent: closed: all, half_open: a few, open: none")
        .tag("state", state.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
