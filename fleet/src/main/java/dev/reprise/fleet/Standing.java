/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.fleet.redis.RedisAwayException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * How a node stands with Redis, and what its listener has been told about that. Written by the
 * thread that polls; what others may read is volatile.
 */
final class Standing {
  /** A connection over which nothing has come for so long is not waited for any longer. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final String address;
  private final Consumer<FleetEvent> listener;
  private final CountDownLatch firstAnswer = new CountDownLatch(1);
  private final LongAdder polls = new LongAdder();
  private final LongAdder failedPolls = new LongAdder();
  private volatile long lastPollAt = System.nanoTime();

  /** When anything has come, were it an error: who answers is not silent. */
  private long lastAnswerAt = lastPollAt;

  private volatile boolean reachable;
  private boolean toldAway;

  /**
   * @param address of Redis, for people
   */
  Standing(String address, Consumer<FleetEvent> listener) {
    this.address = address;
    this.listener = listener;
  }

  /** Something has come. */
  void heard() {
    lastAnswerAt = System.nanoTime();
  }

  /** A whole poll is answered. */
  void answered(int otherNodes) {
    boolean was = reachable;
    reachable = true;
    lastPollAt = System.nanoTime();
    polls.increment();
    firstAnswer.countDown();
    toldAway = false;
    if (!was) {
      listener.accept(new FleetEvent.Reachable(address, otherNodes));
    }
  }

  /** Redis has not done what a poll asked for. */
  void away(RedisAwayException why, Duration patience) {
    failed();
    if (why.isAnswer()) {
      heard();
    }
    // The very first attempt is made before a connection can be there.
    if (!toldAway && sinceLastPoll().compareTo(patience) > 0) {
      toldAway = true;
      listener.accept(new FleetEvent.Unreachable(address, String.valueOf(why.getMessage())));
    }
  }

  /** A poll has not come to its end, whatever the reason. */
  void failed() {
    failedPolls.increment();
    reachable = false;
  }

  /** Whether nothing has come for longer than anybody should wait. */
  boolean isSilent(Duration patience) {
    Duration silence = patience.compareTo(SILENCE) > 0 ? patience : SILENCE;
    return Duration.ofNanos(System.nanoTime() - lastAnswerAt).compareTo(silence) > 0;
  }

  /** Waits for the first poll that Redis answers. */
  void awaitFirstAnswer(Duration patience) {
    try {
      boolean _ = firstAnswer.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  Duration sinceLastPoll() {
    return Duration.ofNanos(System.nanoTime() - lastPollAt);
  }

  boolean isReachable() {
    return reachable;
  }

  long polls() {
    return polls.sum();
  }

  long failedPolls() {
    return failedPolls.sum();
  }
}
