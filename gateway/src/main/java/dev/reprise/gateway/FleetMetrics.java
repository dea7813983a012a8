/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.fleet.Fleet;
import dev.reprise.fleet.FleetStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** How this node stands in its fleet, asked for when the metrics are. */
record FleetMetrics(MeterRegistry registry, Fleet fleet) {
  private static final double MILLIS = 1000;

  void register() {
    gauge("reachable", "Whether Redis has answered the last poll", is(FleetStatus::reachable));
    gauge(
        "poll.age.seconds",
        "How long ago Redis answered last",
        status -> status.sinceLastPoll().toMillis() / MILLIS);
    gauge(
        "clock.offset.seconds",
        "What is added to the clock of this machine to get the fleet's",
        status -> status.clockOffset().toMillis() / MILLIS);
    gauge(
        "nodes.live",
        "Nodes of the fleet that live, as far as this one knows, itself included",
        status -> 1 + status.others().size());
    gauge("keys.held", "Ticket keys that this node has", FleetStatus::keysHeld);
    gauge(
        "generation",
        "Grows with each rotation that was ordered; the same on all nodes that reach Redis",
        FleetStatus::generation);
    gauge(
        "stranger",
        "Whether what Redis holds under the fleet's name was written under another fleet key",
        is(FleetStatus::stranger));
    gauge(
        "records.unauthentic",
        "Records under the fleet's name that no node of it has written, in the last poll",
        FleetStatus::unauthenticRecords);
    gauge(
        "revocations.current",
        "Whether the list of revocations was read within a period; if not, no client-authenticated"
            + " session is resumed",
        is(FleetStatus::revocationsCurrent));
    FunctionCounter.builder(
            "reprise.fleet.clock.alarms", fleet, each -> each.status().clockAlarms())
        .description("How often the clock here was found more than 5 s from the fleet's")
        .register(registry);
    polls("answered", FleetStatus::polls);
    polls("failed", FleetStatus::failedPolls);
  }

  private static ToDoubleFunction<FleetStatus> is(java.util.function.Predicate<FleetStatus> what) {
    return status -> what.test(status) ? 1 : 0;
  }

  private void gauge(String name, String description, ToDoubleFunction<FleetStatus> value) {
    Gauge.builder("reprise.fleet." + name, fleet, each -> value.applyAsDouble(each.status()))
        .description(description)
        .register(registry);
  }

  private void polls(String result, ToDoubleFunction<FleetStatus> value) {
    FunctionCounter.builder(
            "reprise.fleet.polls", fleet, each -> value.applyAsDouble(each.status()))
        .description("How often this node has looked at what the others have written")
        .tag("result", result)
        .register(registry);
  }
}
