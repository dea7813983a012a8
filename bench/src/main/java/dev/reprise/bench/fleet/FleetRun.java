/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import dev.reprise.cli.local.FleetPlan;
import dev.reprise.cli.local.FleetTable;
import dev.reprise.cli.local.LocalFleet;
import dev.reprise.cli.local.LocalRedis;
import dev.reprise.cli.local.NodeFailure;
import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.HostPort;
import dev.reprise.gateway.TlsProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One load on one fleet. */
final class FleetRun {
  private static final int HEAP_MEGABYTES = 128;

  /**
   * The better compiler would need a minute to get three nodes up to speed on two processors, and
   * again each time that one is started anew. Nor are there processors for more than one loop each.
   */
  private static final List<String> JAVA_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-Dio.netty.eventLoopThreads=1");

  private static final long SEED = 20_261_130;

  private final TlsProvider provider;
  private final FleetLoad load;
  private final boolean killRedis;
  private final Path directory;
  private final PrintStream progress;
  private final Tally tally = new Tally();
  private volatile long begunNanos = System.nanoTime();
  private volatile long redisBackNanos = Long.MAX_VALUE;

  /**
   * @param killRedis whether Redis is killed for a while
   * @param directory for what outlives a node
   */
  FleetRun(
      TlsProvider provider,
      FleetLoad load,
      boolean killRedis,
      Path directory,
      PrintStream progress) {
    this.provider = provider;
    this.load = load;
    this.killRedis = killRedis && provider == TlsProvider.REPRISE;
    this.directory = directory;
    this.progress = progress;
  }

  FleetResult run() throws IOException, InterruptedException {
    try {
      FleetPlan plan = new Rehearsal(plan(), directory).run();
      return run(plan);
    } catch (NodeFailure | ConfigurationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private FleetResult run(FleetPlan plan)
      throws IOException, NodeFailure, ConfigurationException, InterruptedException {
    try (LocalFleet fleet = LocalFleet.start(plan, line -> progress.println("  " + line))) {
      say("fleet of " + provider.providerName() + " on https://" + fleet.address());
      Clients clients = new Clients(fleet.address().resolveFirst(), load.clients());
      Introduction introduction = new Introduction(clients, load.clients());
      introduction.run(this::say);
      List<Thread> happenings = happenings(fleet);
      begunNanos = System.nanoTime();
      happenings.forEach(Thread::start);
      visitAll(clients, introduction.madeAtNanos());
      for (Thread happening : happenings) {
        happening.join();
      }
      FleetTable.of(fleet.look()).forEach(line -> progress.println("  " + line));
      return new FleetResult(provider, load, tally, killRedis ? redisBackNanos : null);
    }
  }

  private FleetPlan plan() {
    List<String> flags =
        new ArrayList<>(List.of("--ticket-lifetime", load.ticketLifetime().toSeconds() + "s"));
    if (provider == TlsProvider.REPRISE) {
      flags.addAll(List.of("--rotate-every", load.rotateEvery().toSeconds() + "s"));
    }
    return new FleetPlan(
        load.nodes(),
        new HostPort("127.0.0.1", 0),
        Duration.ZERO,
        provider,
        HEAP_MEGABYTES,
        JAVA_OPTIONS,
        flags);
  }

  private List<Thread> happenings(LocalFleet fleet) {
    List<Thread> threads = new ArrayList<>();
    threads.add(later(load.restartAt(), "all nodes start anew", fleet::restartAll));
    LocalRedis redis = fleet.redis();
    if (killRedis && redis != null) {
      threads.add(
          later(
              load.killAt(),
              "Redis is killed",
              () -> {
                redis.kill();
                TimeUnit.NANOSECONDS.sleep(load.killFor().toNanos());
                redis.startAgain();
                redisBackNanos = System.nanoTime() - begunNanos;
                say("Redis is back");
              }));
    }
    return threads;
  }

  private interface Happening {
    void happen() throws IOException, NodeFailure, InterruptedException;
  }

  private Thread later(Duration when, String what, Happening happening) {
    return Thread.ofPlatform()
        .name("bench-happening")
        .unstarted(() -> {
          try {
            TimeUnit.NANOSECONDS.sleep(when.toNanos());
            say(what);
            happening.happen();
            say(what + ": done");
          } catch (IOException | NodeFailure e) {
            say(what + ": " + e.getMessage());
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void visitAll(Clients clients, @Nullable Long[] madeAtNanos) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(load.clients());
    SplittableRandom seeds = new SplittableRandom(SEED);
    try (ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          reporter.scheduleAtFixedRate(
              () -> say(tally.all() + " visits, " + tally.failed() + " failed"),
              10,
              10,
              TimeUnit.SECONDS);
      for (int client = 0; client < load.clients(); client++) {
        int number = client;
        SplittableRandom random = seeds.split();
        Long madeAt = madeAtNanos[client];
        Thread.ofVirtual()
            .start(() ->
                live(clients, number, madeAt == null ? null : madeAt - begunNanos, random, ended));
      }
      ended.await();
      reporter.shutdownNow();
    }
  }

  /** A client's life: it comes, and comes again, whatever became of it. */
  private void live(
      Clients clients,
      int client,
      @Nullable Long introducedAt,
      SplittableRandom random,
      CountDownLatch ended) {
    Long madeAt = introducedAt;
    long at = load.firstVisit(random).toNanos();
    try {
      while (at < load.length().toNanos()) {
        TimeUnit.NANOSECONDS.sleep(begunNanos + at - System.nanoTime());
        madeAt = visit(clients, client, madeAt);
        at += load.absence(random).toNanos();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  /**
   * Visits once.
   *
   * @param madeAt when the full handshake was that the client's session comes of; null: it has none
   * @return the same for the next time
   */
  private @Nullable Long visit(Clients clients, int client, @Nullable Long madeAt) {
    Visitor visitor = Visitor.of(client);
    long begun = System.nanoTime() - begunNanos;
    try {
      Clients.Connection connection = clients.visit(client);
      long now = System.nanoTime() - begunNanos;
      long made = madeAt == null ? begun : madeAt;
      tally.add(
          new Visit(
              visitor,
              begun,
              isOfferedInTime(visitor, connection, begun, madeAt),
              made,
              connection.resumed(),
              connection.reason(),
              now - begun));
      return connection.resumed() ? made : now;
    } catch (IOException | RuntimeException e) {
      tally.addFailure(visitor, e);
      return madeAt;
    }
  }

  /** Our clients offer nothing that is past what they were told; the JDK's do. */
  private boolean isOfferedInTime(
      Visitor visitor, Clients.Connection connection, long begun, @Nullable Long madeAt) {
    if (madeAt == null) {
      return false;
    }
    return switch (visitor) {
      case TLS13_TICKET, TLS12_TICKET -> connection.offered();
      case TLS12_SESSION_ID ->
          begun - madeAt
              < Visitor.lifetimeOfSessionId(load, provider == TlsProvider.REPRISE).toNanos();
    };
  }

  private void say(String what) {
    progress.printf("fleet: %5.1f s: %s%n", (System.nanoTime() - begunNanos) / 1e9, what);
  }
}
