/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import dev.reprise.gateway.HostPort;
import dev.reprise.gateway.TlsProvider;
import java.time.Duration;
import java.util.List;

/**
 * What a fleet on this machine consists of.
 *
 * @param nodes how many gateways, at least one
 * @param listen where the balancer takes clients
 * @param storeDelay how much later than it is given each answer of Redis arrives
 * @param provider with the JDK's there is no Redis, and nothing is shared
 * @param heapMegabytes of each gateway
 * @param javaOptions of each gateway's JVM, beside those that this one passes on
 * @param flags of {@code serve} that every gateway is given
 */
public record FleetPlan(
    int nodes,
    HostPort listen,
    Duration storeDelay,
    TlsProvider provider,
    int heapMegabytes,
    List<String> javaOptions,
    List<String> flags) {
  /** More gateways than any desk has processors for. */
  public static final int MOST_NODES = 16;

  /** Room for some ten thousand connections a second. */
  public static final int DEFAULT_HEAP_MEGABYTES = 96;

  public FleetPlan {
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new IllegalArgumentException(nodes + " nodes");
    }
    javaOptions = List.copyOf(javaOptions);
    flags = List.copyOf(flags);
  }
}
