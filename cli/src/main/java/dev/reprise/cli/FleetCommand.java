/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.cli.local.FleetPlan;
import dev.reprise.cli.local.LocalFleet;
import dev.reprise.cli.local.NodeFailure;
import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.GatewayConfig;
import dev.reprise.gateway.HostPort;
import dev.reprise.gateway.TlsProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reprise fleet}: several gateways on this machine, whose sessions are everybody's. */
@Command(
    name = "fleet",
    customSynopsis = "reprise fleet [FLAG]... [-- FLAG-OF-SERVE...]",
    description = {
      "Runs a fleet on this machine, to try and to measure: gateways in processes of their own, a"
          + " Redis that keeps nothing on disk, and a balancer in front that never leads a client to"
          + " the same node twice in a row.",
      "",
      "All nodes have one development certificate and one new fleet key. On a terminal a table says"
          + " once a second what became of each node's handshakes; elsewhere it is printed when a"
          + " node comes or goes, and at the end.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Redis is redis-server or valkey-server of the PATH, or else one that is brought along. When"
          + " all nodes are ready one line is written to standard output, as by serve. SIGTERM and"
          + " SIGINT drain the nodes and end all of it; so does the end of this process, however it"
          + " came about.",
      "Exit codes: 0 stopped, 1 failed at run time (a port in use), 2 wrong usage.",
      "",
      "Example: reprise fleet --nodes 3 --rotate-every 30s -- --stateful-tickets"
    })
final class FleetCommand implements Callable<Integer> {
  private static final GatewayConfig DEFAULTS = GatewayConfig.builder().build();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--nodes",
      paramLabel = "NUMBER",
      order = 10,
      description = "How many gateways. Default: 3.")
  private int nodes = 3;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      order = 11,
      converter = Converters.Address.class,
      description = "Where the balancer takes clients. Default: 127.0.0.1:8443.")
  private HostPort listen = DEFAULTS.listen();

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      order = 12,
      converter = Converters.Address.class,
      description =
          "Where /, /healthz and /nodes of the whole are, a loopback address. Default:"
              + " 127.0.0.1:9443.")
  private HostPort admin = DEFAULTS.admin();

  @Option(
      names = "--rotate-every",
      paramLabel = "TIME",
      order = 13,
      description = "How long one ticket key seals, as in serve.")
  private @Nullable String rotateEvery;

  @Option(
      names = "--ticket-lifetime",
      paramLabel = "TIME",
      order = 14,
      description = "How long a ticket is honoured, as in serve.")
  private @Nullable String ticketLifetime;

  @Option(
      names = "--store-delay",
      paramLabel = "TIME",
      order = 15,
      converter = Converters.Time.class,
      description = "How much later each answer of Redis arrives. Default: 0ms.")
  private Duration storeDelay = Duration.ZERO;

  @Option(
      names = "--provider",
      paramLabel = "Reprise|SunJSSE",
      order = 16,
      converter = Converters.Provider.class,
      description =
          "Whose TLS the nodes speak. The JDK's shares nothing, and so has no Redis. Default:"
              + " Reprise.")
  private TlsProvider provider = TlsProvider.REPRISE;

  @Option(
      names = "--node-heap",
      paramLabel = "SIZE",
      order = 17,
      converter = Converters.Bytes.class,
      description = "How much heap each node may take. Default: 96m.")
  private long nodeHeap = (long) FleetPlan.DEFAULT_HEAP_MEGABYTES << 20;

  @Parameters(paramLabel = "FLAG-OF-SERVE", description = "Further flags of each node's serve.")
  private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() throws UsageException, ConfigurationException, IOException {
    FleetPlan plan = plan();
    FleetScreen screen = FleetScreen.of(spec.commandLine());
    CountDownLatch ended = new CountDownLatch(1);
    try (LocalFleet fleet = LocalFleet.start(plan, screen::log);
        FleetAdmin site = FleetAdmin.start(admin, fleet)) {
      Thread hook = new Thread(() -> stop(fleet, site, screen), "reprise-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      screen.ready(fleet, site.address());
      screen.watch(fleet);
      ended.await();
      return ExitCode.FINE;
    } catch (NodeFailure e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the fleet starts", e);
    }
  }

  private static IOException failure(NodeFailure failure) throws UsageException {
    String sentence = "A node does not start: " + failure.getMessage();
    if (failure.exitCode() == ExitCode.WRONG_USAGE) {
      throw new UsageException(sentence);
    }
    return new IOException(sentence, failure);
  }

  private FleetPlan plan() throws UsageException {
    if (nodes < 1 || nodes > FleetPlan.MOST_NODES) {
      throw new UsageException("--nodes is out of range; give it 1 to " + FleetPlan.MOST_NODES);
    }
    long megabytes = nodeHeap >> 20;
    if (megabytes < 32 || megabytes > 65_536) {
      throw new UsageException("--node-heap is out of range; give it 32m to 64g");
    }
    if (storeDelay.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new UsageException("--store-delay is out of range; give it 0ms to 10s");
    }
    if (provider == TlsProvider.SUN_JSSE && !storeDelay.isZero()) {
      throw new UsageException(
          "--store-delay has no effect with --provider SunJSSE, which has no store to share; leave"
              + " it out");
    }
    return new FleetPlan(
        nodes, listen, storeDelay, provider, (int) megabytes, List.of(), serveFlags());
  }

  private List<String> serveFlags() {
    List<String> all = new ArrayList<>();
    if (rotateEvery != null) {
      all.addAll(List.of("--rotate-every", rotateEvery));
    }
    if (ticketLifetime != null) {
      all.addAll(List.of("--ticket-lifetime", ticketLifetime));
    }
    all.addAll(flags);
    return all;
  }

  /** See {@link ServeCommand} for why it halts. */
  private static void stop(LocalFleet fleet, FleetAdmin site, FleetScreen screen) {
    screen.end();
    site.close();
    fleet.close();
    screen.last(fleet);
    Runtime.getRuntime().halt(ExitCode.FINE);
  }
}
