/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.RefusalReason;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.fleet.Fleet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the gateway counts. Every name starts with {@code reprise_}; one object per gateway. */
final class GatewayMetrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final KeyNames keyNames = new KeyNames(registry);
  private final Counter accepted;
  private final Counter received;
  private final Counter sent;
  private final Counter backendFailures;

  // Kept, since to find a meter in its registry takes longer than to count with it.
  private final Map<Kind, Counter> handshakes = new ConcurrentHashMap<>();
  private final Map<String, Timer> handshakeTimes = new ConcurrentHashMap<>();
  private final Map<Origin, Counter> resumptions = new ConcurrentHashMap<>();
  private final Map<String, Counter> misses = new ConcurrentHashMap<>();

  /** What handshakes are counted by. */
  private record Kind(String protocol, String handshake, @Nullable String mechanism) {}

  GatewayMetrics(Supplier<Number> openConnections) {
    Gauge.builder("reprise.connections.open", openConnections)
        .description("Client connections that are open now, handshaking ones included")
        .register(registry);
    accepted =
        Counter.builder("reprise.connections")
            .description("Client connections accepted")
            .register(registry);
    received = bytes("received");
    sent = bytes("sent");
    backendFailures =
        Counter.builder("reprise.backend.failures")
            .description("Client connections for which no connection to the backend was made")
            .register(registry);
    countFromZero();
  }

  /** A rate can be asked for only of what was there before it first happened. */
  private void countFromZero() {
    Timer _ = handshakeTime(HandshakeReport.FULL);
    Timer _ = handshakeTime(HandshakeReport.RESUMED);
    for (ProtocolVersion version : ProtocolVersion.values()) {
      Counter _ = handshakes(version.standardName(), HandshakeReport.FULL, null);
      for (Mechanism mechanism : Mechanism.values()) {
        if (mechanism.existsIn(version)) {
          Counter _ =
              handshakes(version.standardName(), HandshakeReport.RESUMED, mechanism.wireName());
        }
      }
    }
    for (MissReason reason : MissReason.values()) {
      if (reason != MissReason.DECLINED) { // It is a client's.
        Counter _ = misses(reason.name());
      }
    }
    for (Origin origin : Origin.values()) {
      Counter _ = resumed(origin);
    }
    for (RefusalReason reason : RefusalReason.values()) {
      Counter _ = refusals(reason.name());
    }
  }

  /** This gateway is a node of {@code fleet}. */
  void observe(Fleet fleet) {
    new FleetMetrics(registry, fleet).register();
    new StoreMetrics(registry, fleet).register();
  }

  void accepted() {
    accepted.increment();
  }

  void received(int bytes) {
    received.increment(bytes);
  }

  void sent(int bytes) {
    sent.increment(bytes);
  }

  void backendFailed() {
    backendFailures.increment();
  }

  /** A handshake is done; {@code time} runs from the client's first byte. */
  void handshake(HandshakeReport report, Duration time) {
    handshakes(report.protocol(), report.handshake(), report.mechanism()).increment();
    handshakeTime(report.handshake()).record(time);
    if (report.reason() != null) {
      misses(report.reason()).increment();
    }
    if (report.origin() != null) {
      resumed(report.origin()).increment();
    }
    if (report.keyName() != null) {
      keyNames.count(report.keyName(), report.reason());
    }
  }

  /** A handshake ended without success, by {@code alert} or by what stands in for one. */
  void handshakeFailed(String alert) {
    Counter.builder("reprise.handshakes.failed")
        .description("Handshakes that failed, by the alert that ended them")
        .tag("alert", alert)
        .register(registry)
        .increment();
  }

  /** A handshake was aborted since the client offered a session that it had no right to. */
  void resumptionRefused(String reason) {
    refusals(reason).increment();
  }

  /** Everything in the text format of Prometheus. */
  String scrape() {
    return registry.scrape();
  }

  private Counter handshakes(String protocol, String handshake, @Nullable String mechanism) {
    return handshakes.computeIfAbsent(
        new Kind(protocol, handshake, mechanism),
        kind ->
            Counter.builder("reprise.handshakes")
                .description("Handshakes done")
                .tag("protocol", kind.protocol())
                .tag("handshake", kind.handshake())
                .tag("mechanism", orNone(kind.mechanism()))
                .register(registry));
  }

  private Counter resumed(Origin origin) {
    return resumptions.computeIfAbsent(
        origin,
        made ->
            Counter.builder("reprise.resumptions")
                .description("Handshakes that resumed, by where their session was made")
                .tag("made", made.label())
                .register(registry));
  }

  private Counter misses(String reason) {
    return misses.computeIfAbsent(
        reason,
        missed ->
            Counter.builder("reprise.resumption.misses")
                .description("Full handshakes, by the reason why no session was resumed")
                .tag("reason", missed)
                .register(registry));
  }

  private Counter refusals(String reason) {
    return Counter.builder("reprise.resumption.refused")
        .description("Handshakes aborted over the session that was offered")
        .tag("reason", reason)
        .register(registry);
  }

  private Timer handshakeTime(String handshake) {
    return handshakeTimes.computeIfAbsent(
        handshake,
        kind ->
            Timer.builder("reprise.handshake")
                .description("From a client's first byte to the end of its handshake")
                .tag("handshake", kind)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
  }

  private Counter bytes(String direction) {
    return Counter.builder("reprise.bytes")
        .description("Bytes on the wire to and from clients, TLS included")
        .tag("direction", direction)
        .register(registry);
  }

  private static String orNone(@Nullable String value) {
    return value == null ? "none" : value;
  }
}
