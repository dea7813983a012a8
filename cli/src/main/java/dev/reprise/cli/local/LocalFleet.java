/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A fleet that runs, from {@link #start} to {@link #close}. */
public final class LocalFleet implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final int LOOK_EVERY_MILLIS = 250;

  private final FleetPlan plan;
  private final Consumer<String> log;
  private final Surroundings surroundings;
  private final List<Node> nodes = new ArrayList<>();
  private final Balancer balancer;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("reprise-health").factory());
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

  private LocalFleet(
      FleetPlan plan, InetSocketAddress listen, Surroundings surroundings, Consumer<String> log)
      throws IOException {
    this.plan = plan;
    this.surroundings = surroundings;
    this.log = log;
    for (int i = 1; i <= plan.nodes(); i++) {
      nodes.add(new Node("node-" + i, command("node-" + i), this::tell));
    }
    balancer = new Balancer(listen, nodes.stream().map(Node::target).toList(), DRAIN);
  }

  /**
   * Starts everything, and returns when all nodes are ready.
   *
   * @param log is told what the nodes log, and what becomes of them
   * @throws NodeFailure if one does not come up, as with a flag that it does not know
   */
  public static LocalFleet start(FleetPlan plan, Consumer<String> log)
      throws IOException, ConfigurationException, NodeFailure, InterruptedException {
    LocalFleet fleet = prepare(plan, log);
    try {
      for (Node node : fleet.nodes) {
        fleet.run(node);
      }
      for (Node node : fleet.nodes) {
        node.awaitReady();
      }
      var _ =
          fleet.watch.scheduleWithFixedDelay(
              fleet::checkHealth, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      return fleet;
    } catch (IOException | NodeFailure | InterruptedException e) {
      fleet.close();
      throw e;
    }
  }

  private static LocalFleet prepare(FleetPlan plan, Consumer<String> log)
      throws IOException, ConfigurationException {
    InetSocketAddress listen = plan.listen().resolveFirst();
    Surroundings surroundings = Surroundings.prepare(plan);
    try {
      return new LocalFleet(plan, listen, surroundings, log);
    } catch (IOException e) {
      surroundings.close();
      throw e;
    }
  }

  private List<String> command(String name) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--listen",
                "127.0.0.1:0",
                "--admin",
                "127.0.0.1:0",
                "--exit-with-input",
                "--node",
                name,
                "--provider",
                plan.provider().providerName()));
    flags.addAll(surroundings.flags());
    flags.addAll(plan.flags());
    return NodeCommand.serve(plan.heapMegabytes(), plan.javaOptions(), flags);
  }

  /** What nodes say while all of it ends is of no use to anybody. */
  private void tell(String line) {
    if (!closing.get()) {
      log.accept(line);
    }
  }

  private void run(Node node) throws IOException {
    NodeProcess process = node.start();
    var _ = process.onExit().thenAcceptAsync(ended -> ended(node, process, ended.exitValue()));
  }

  private void ended(Node node, NodeProcess process, int exitCode) {
    if (closing.get()
        || !process.equals(node.process())
        || node.state() == Node.State.DRAINING
        || node.state() == Node.State.STARTING) {
      return;
    }
    node.leave(Node.State.ENDED);
    log.accept(node.name() + " has ended with exit code " + exitCode + "; it is started again.");
    try {
      run(node);
      node.awaitReady();
    } catch (IOException | NodeFailure e) {
      log.accept(node.name() + " does not start again: " + e.getMessage() + ".");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkHealth() {
    nodes.forEach(Node::checkHealth);
  }

  /** Where clients come in, with the real port. */
  public HostPort address() {
    return plan.listen().withPort(balancer.port());
  }

  /** Where Redis is, for the nodes; null: there is none. */
  public @Nullable String store() {
    return surroundings.storeUrl();
  }

  /** Null: nothing is shared. */
  public @Nullable LocalRedis redis() {
    return surroundings.redis();
  }

  /** The one certificate of all nodes, PEM. */
  public Path certificate() {
    return surroundings.workplace().certificate();
  }

  /** The fleet key of all nodes. */
  public Path fleetKey() {
    return surroundings.workplace().fleetKey();
  }

  /** How all nodes stand; asks each of them. */
  public List<NodeView> look() {
    nodes.forEach(Node::refresh);
    return nodes.stream().map(LocalFleet::view).toList();
  }

  private static NodeView view(Node node) {
    NodeProcess.Place place = node.place();
    return new NodeView(
        node.name(),
        place == null ? "" : shown(place.tls()),
        place == null ? "" : shown(place.admin()),
        node.state().label(),
        node.target().open(),
        node.counts());
  }

  private static String shown(InetSocketAddress address) {
    return new HostPort(address.getAddress().getHostAddress(), address.getPort()).toString();
  }

  /**
   * Starts every node anew, one after the other: each is drained first, and takes clients again
   * when it is ready. The next one waits until it takes its full share of them.
   */
  public void restartAll() throws IOException, NodeFailure, InterruptedException {
    for (Node node : nodes) {
      restart(node);
      if (node != nodes.getLast()) {
        TimeUnit.NANOSECONDS.sleep(Target.SLOW_START.toNanos());
      }
    }
  }

  private synchronized void restart(Node node)
      throws IOException, NodeFailure, InterruptedException {
    NodeProcess old = node.process();
    if (old == null || closing.get()) {
      return;
    }
    node.leave(Node.State.DRAINING);
    balancer.drain(node.target());
    node.refresh();
    old.stop();
    old.awaitEnd();
    run(node);
    node.awaitReady();
  }

  /** Process numbers of the nodes, for who wants to stop one of them. */
  public List<Long> pids() {
    return nodes.stream()
        .map(Node::process)
        .filter(java.util.Objects::nonNull)
        .map(NodeProcess::pid)
        .toList();
  }

  /** Ends all of it; a second call waits for the first. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      boolean _ = closed.join();
      return;
    }
    try {
      watch.shutdownNow();
      balancer.close();
      List<NodeProcess> processes =
          nodes.stream().map(Node::process).filter(java.util.Objects::nonNull).toList();
      nodes.forEach(Node::refresh);
      nodes.forEach(node -> node.leave(Node.State.ENDED));
      processes.forEach(NodeProcess::stop);
      for (NodeProcess process : processes) {
        process.awaitEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.accept("The fleet does not end as it should: " + e.getMessage() + ".");
    } finally {
      surroundings.close();
      closed.complete(true);
    }
  }
}
