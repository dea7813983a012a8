/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetKeyFile;
import dev.reprise.fleet.FleetNode;
import dev.reprise.fleet.FleetOrders;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.RedisAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reprise keys rotate --now}: other ticket keys for a whole fleet, at once. */
@Command(
    name = "rotate",
    customSynopsis = "reprise keys rotate --now --store URL --fleet-key FILE [--fleet-name NAME]",
    description = {
      "Gives a fleet new ticket keys after one may have been stolen: every node refuses and erases"
          + " those that it has within one poll, and no session of before is resumed. It says of each"
          + " node that lives whether it has followed.",
      "",
      "If the fleet key may have been stolen as well, replace it first (`reprise keys fleet`, --add"
          + " and --switch) and name the new file here: nodes that have not got it do not get the new"
          + " keys either.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 every node that lives has followed, 1 one has not, or Redis does not answer, 2"
          + " wrong usage."
    })
final class KeysRotateCommand implements Callable<Integer> {
  /** Polls are a second apart at most, and three without a sign make a node count as gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final int LOOK_EVERY_MILLIS = 100;
  private static final int SHOWN_ID_BYTES = 4;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--now",
      order = 10,
      description = "Without it nothing is done: keys rotate by themselves.")
  private boolean now;

  @Option(
      names = "--store",
      paramLabel = "URL",
      order = 11,
      required = true,
      description = "The fleet's Redis, as in serve.")
  private String store = "";

  @Option(
      names = "--fleet-key",
      paramLabel = "FILE",
      order = 12,
      required = true,
      description = "The fleet key, as in serve.")
  private Path key = Path.of("");

  @Option(
      names = "--fleet-name",
      paramLabel = "NAME",
      order = 13,
      description = "Which of several fleets. Default: reprise.")
  private String name = FleetSettings.DEFAULT_NAME;

  @Option(
      names = "--allow-insecure-permissions",
      order = 14,
      description = "Read a fleet key that every user of this machine may read or write.")
  private boolean allowInsecurePermissions;

  @Override
  public Integer call() throws UsageException, IOException, InterruptedException {
    if (!now) {
      throw new UsageException(
          "keys rotate does nothing without --now, since keys rotate by themselves; add it after a"
              + " suspected theft");
    }
    try (FleetOrders orders = new FleetOrders(settings(), fleetKey())) {
      long generation = orders.rotateNow();
      return tell(awaitFollowers(orders, generation), generation);
    } catch (FleetException e) {
      throw new IOException(e.sentence(), e);
    }
  }

  private FleetSettings settings() throws UsageException {
    if (!FleetSettings.isName(name)) {
      throw new UsageException(
          "--fleet-name takes 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    try {
      return FleetSettings.of(RedisAddress.parse(store), "keys rotate").withName(name);
    } catch (FleetException e) {
      throw new UsageException("--store " + e.sentence());
    }
  }

  private FleetKeyFile fleetKey() throws UsageException {
    try {
      return FleetKeyFile.read(key, allowInsecurePermissions);
    } catch (FleetException e) {
      throw new UsageException("--fleet-key: " + e.sentence());
    }
  }

  /** The nodes that live when all of them have followed, or when it has taken too long. */
  private static List<FleetNode> awaitFollowers(FleetOrders orders, long generation)
      throws FleetException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    List<FleetNode> nodes = orders.nodes();
    while (System.nanoTime() - until < 0
        && nodes.stream().anyMatch(node -> !follows(node, generation))) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      nodes = orders.nodes();
    }
    return nodes;
  }

  private static boolean follows(FleetNode node, long generation) {
    return node.generation() >= generation && node.keysHeld() > 0;
  }

  private int tell(List<FleetNode> nodes, long generation) {
    PrintWriter out = spec.commandLine().getOut();
    nodes.stream()
        .sorted(Comparator.comparing(FleetNode::label))
        .forEach(node -> out.println(sentence(node, generation)));
    if (nodes.isEmpty()) {
      out.println("No node lives: the first one that comes has new keys.");
    }
    out.flush();
    @Nullable FleetNode straggler =
        nodes.stream().filter(node -> !follows(node, generation)).findFirst().orElse(null);
    return straggler == null ? ExitCode.FINE : ExitCode.FAILED;
  }

  private static String sentence(FleetNode node, long generation) {
    String id = HexFormat.of().formatHex(node.id().toArray(), 0, SHOWN_ID_BYTES);
    return node.label()
        + " ("
        + id
        + ") "
        + (follows(node, generation)
            ? "has the new keys."
            : "has not followed within "
                + PATIENCE.toSeconds()
                + " s: look whether it has this fleet key, and stop it if it does not follow.");
  }
}
