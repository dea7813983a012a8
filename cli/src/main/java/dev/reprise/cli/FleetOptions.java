/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.RedisAddress;
import dev.reprise.gateway.FleetPlace;
import dev.reprise.gateway.ResumptionSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What makes a gateway a node of a fleet, beside the store and the ticket keys. */
final class FleetOptions {
  private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(5);

  @Option(
      names = "--fleet-key",
      paramLabel = "FILE",
      order = 60,
      description = {
        "The key by which the nodes of a fleet know each other: a file of one or two lines, of which"
            + " the first is used, so that it can be replaced without a stop. It is watched. Make it"
            + " with `reprise keys fleet --out FILE`."
      })
  private @Nullable Path key;

  @Option(
      names = "--fleet-name",
      paramLabel = "NAME",
      order = 61,
      description = "Which of several fleets in one Redis. Default: reprise.")
  private String name = FleetSettings.DEFAULT_NAME;

  @Option(
      names = "--store-deadline",
      paramLabel = "TIME",
      order = 62,
      converter = Converters.Time.class,
      description =
          "How long a handshake waits for Redis before it goes on without. Default: 50ms.")
  private Duration deadline = FleetSettings.DEFAULT_STORE_DEADLINE;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      order = 63,
      description =
          "What this node calls itself in /connection. Default: the address that a client reaches.")
  private @Nullable String node;

  /** What the node calls itself, or null. */
  @Nullable String node() throws UsageException {
    if (node != null && !FleetSettings.isName(node)) {
      throw new UsageException(
          "--node takes 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    return node;
  }

  /**
   * The fleet whose Redis is at {@code address}.
   *
   * @param label of this node, if it was given no name
   */
  FleetPlace place(
      RedisAddress address, ResumptionSettings times, String label, boolean insecurePermissions)
      throws UsageException {
    if (key == null) {
      throw new UsageException(
          "--store "
              + address
              + " needs --fleet-key FILE, by which the nodes know each other; make the file with"
              + " `./reprise keys fleet --out FILE` and give all nodes a copy");
    }
    if (!FleetSettings.isName(name)) {
      throw new UsageException(
          "--fleet-name takes 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    if (deadline.toMillis() < 1 || deadline.compareTo(LONGEST_DEADLINE) > 0) {
      throw new UsageException("--store-deadline is out of range; give it 1ms to 5s");
    }
    return new FleetPlace(
        new FleetSettings(
            address,
            name,
            node == null ? label : node,
            times.rotateEvery(),
            times.ticketLifetime(),
            deadline),
        key,
        insecurePermissions);
  }
}
