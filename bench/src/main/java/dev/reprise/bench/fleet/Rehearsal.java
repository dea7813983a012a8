/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import dev.reprise.cli.local.FleetPlan;
import dev.reprise.cli.local.LocalFleet;
import dev.reprise.cli.local.NodeFailure;
import dev.reprise.gateway.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A short run of one node whose JVM keeps what it has loaded and learned (JEP 514, JEP 515), for
 * the nodes that count: they are started while the load goes on, on the processors that serve it.
 */
final class Rehearsal {
  private static final int CLIENTS = 1_500;

  private final FleetPlan plan;
  private final Path archive;

  /**
   * @param plan of the nodes that count
   */
  Rehearsal(FleetPlan plan, Path directory) {
    this.plan = plan;
    this.archive = directory.resolve(plan.provider().providerName() + "-node.aot");
  }

  /** The plan with what was learned. */
  FleetPlan run() throws IOException, NodeFailure, ConfigurationException, InterruptedException {
    Files.createDirectories(archive.toAbsolutePath().getParent());
    Files.deleteIfExists(archive);
    try (LocalFleet fleet = LocalFleet.start(with(1, "-XX:AOTCacheOutput=" + archive), _ -> {})) {
      Clients clients = new Clients(fleet.address().resolveFirst(), CLIENTS);
      Introduction introduction = new Introduction(clients, CLIENTS);
      for (int visits = 0; visits < 2; visits++) {
        String _ = introduction.once();
      }
    }
    return Files.exists(archive) ? with(plan.nodes(), "-XX:AOTCache=" + archive) : plan;
  }

  private FleetPlan with(int nodes, String option) {
    List<String> options = new ArrayList<>(plan.javaOptions());
    options.add(option);
    return new FleetPlan(
        nodes,
        plan.listen(),
        plan.storeDelay(),
        plan.provider(),
        plan.heapMegabytes(),
        options,
        plan.flags());
  }
}
