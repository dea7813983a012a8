/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.agreement.Beat;
import dev.reprise.fleet.agreement.StekAgreement;
import dev.reprise.fleet.redis.Answers;
import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.fleet.redis.RedisLink;
import dev.reprise.fleet.redis.RedisTime;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a node's part in its fleet: it polls, at once where a notice has come, and
 * bears whatever goes wrong. What it leaves for others to read is volatile.
 */
final class FleetLoop implements AutoCloseable {
  /** What else a poll does, once ticket keys are agreed on. */
  interface Part {
    /** Other fleet keys are in force. */
    default void fleetKeysChanged() {}

    /** What time alone asks for, while Redis is away. */
    default void pass() {}

    void poll(
        RedisClusterAsyncCommands<byte[], byte[]> commands, List<FleetKey> keys, Duration patience)
        throws RedisAwayException;
  }

  /** A notice is followed within this time, different on each node so that not all come at once. */
  private static final int NOTICE_JITTER_MILLIS = 20;

  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final FleetClock clock;
  private final FleetKeyFile keyFile;
  private final StekAgreement agreement;
  private final Consumer<FleetEvent> listener;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("reprise-fleet").daemon().factory());
  private final AtomicBoolean noticed = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LongAdder clockAlarms = new LongAdder();
  private final Standing standing;
  private final RedisLink link;
  private List<Part> parts = List.of();
  private volatile Map<Opaque, Beat> others = Map.of();
  private @Nullable String refusedKeyFile;

  FleetLoop(
      FleetSettings settings,
      FleetClock clock,
      FleetKeyFile keyFile,
      StekAgreement agreement,
      Consumer<FleetEvent> listener) {
    this.clock = clock;
    this.keyFile = keyFile;
    this.agreement = agreement;
    this.listener = listener;
    this.standing = new Standing(settings.address().toString(), listener);
    this.link = new RedisLink(settings.address(), settings.key("changes"), this::notice);
  }

  /** Begins to poll. */
  void start(List<Part> given) {
    thread.execute(() -> {
      parts = given;
      pollAndPlanNext();
    });
  }

  /** Polls soon: somebody has said that there is something to see. */
  void notice() {
    if (noticed.compareAndSet(false, true)) {
      try {
        long jitter = ThreadLocalRandom.current().nextInt(NOTICE_JITTER_MILLIS);
        var _ = thread.schedule(this::poll, jitter, TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.RejectedExecutionException _) {
        // It has ended.
      }
    }
  }

  Standing standing() {
    return standing;
  }

  RedisLink link() {
    return link;
  }

  private void pollAndPlanNext() {
    poll();
    long every = agreement.times().pollEvery().toMillis();
    long jitter = ThreadLocalRandom.current().nextLong(every / 5 + 1);
    try {
      var _ =
          thread.schedule(
              this::pollAndPlanNext, every - every / 10 + jitter / 2, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.RejectedExecutionException _) {
      // It has ended.
    }
  }

  // What a scheduler's task throws would end it without a word.
  private void poll() {
    noticed.set(false);
    if (closed.get()) {
      return;
    }
    try {
      lookAtKeyFile();
      pollRedis();
    } catch (RedisAwayException e) {
      away(e);
    } catch (RuntimeException | Error e) {
      standing.failed();
      listener.accept(new FleetEvent.Failed(e));
    }
  }

  private void pollRedis() throws RedisAwayException {
    link.seek();
    RedisClusterAsyncCommands<byte[], byte[]> commands = link.commands();
    if (commands == null || !link.isUp()) {
      throw new RedisAwayException("no connection");
    }
    sampleClock(commands);
    // Each for itself: a Redis that refuses to be written to may still be read.
    RedisAwayException failure = agree(commands);
    for (Part part : parts) {
      try {
        part.poll(commands, keyFile.keys(), patience());
      } catch (RedisAwayException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    standing.answered(others.size());
  }

  private @Nullable RedisAwayException agree(RedisClusterAsyncCommands<byte[], byte[]> commands) {
    try {
      others = Map.copyOf(agreement.poll(commands, keyFile.keys(), patience()));
      return null;
    } catch (RedisAwayException e) {
      return e;
    }
  }

  private void sampleClock(RedisClusterAsyncCommands<byte[], byte[]> commands)
      throws RedisAwayException {
    long askedAt = clock.ownMillis();
    long time = RedisTime.of(commands, new Answers(patience()));
    standing.heard();
    if (clock.sample(askedAt, clock.ownMillis(), time)) {
      clockAlarms.increment();
      listener.accept(new FleetEvent.ClockOff(clock.offset()));
    }
  }

  private Duration patience() {
    return agreement.times().pollEvery().multipliedBy(2);
  }

  private void away(RedisAwayException why) {
    standing.away(why, patience());
    agreement.pass();
    parts.forEach(Part::pass);
    if (standing.isSilent(patience()) && link.isUp()) {
      link.giveUp();
    }
  }

  private void lookAtKeyFile() {
    try {
      if (keyFile.look()) {
        agreement.fleetKeysChanged();
        parts.forEach(Part::fleetKeysChanged);
        listener.accept(new FleetEvent.FleetKeyChanged(keyFile.path().toString()));
      }
      refusedKeyFile = null;
    } catch (FleetException e) {
      if (!e.sentence().equals(refusedKeyFile)) {
        refusedKeyFile = e.sentence();
        listener.accept(new FleetEvent.FleetKeyRefused(e.sentence()));
      }
    }
  }

  long clockAlarms() {
    return clockAlarms.sum();
  }

  List<FleetNode> others() {
    long now = clock.millis();
    return others.entrySet().stream()
        .map(entry -> entry.getValue().node(entry.getKey(), now))
        .toList();
  }

  /** Signs off if Redis is there, and wipes all keys. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    thread.execute(() -> {
      leave();
      // Polls that are planned would announce this node once more.
      thread.shutdownNow();
    });
    try {
      if (!thread.awaitTermination(2 * FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
        boolean _ = thread.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    link.close();
    agreement.close();
    keyFile.close();
  }

  private void leave() {
    RedisClusterAsyncCommands<byte[], byte[]> commands = link.commands();
    if (commands != null && link.isUp()) {
      try {
        agreement.leave(commands, keyFile.keys(), FAREWELL);
      } catch (RedisAwayException | RuntimeException _) {
        // The others find out by this node's silence.
      }
    }
  }
}
