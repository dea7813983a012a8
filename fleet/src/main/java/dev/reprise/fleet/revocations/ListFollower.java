/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import dev.reprise.fleet.redis.RedisAwayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is new in the list, and finds out whether Redis has lost what was read before: by the
 * entry that was read last. Numbers would not do, as they grow again where somebody else revokes.
 * For the fleet's thread alone, but where it says so.
 */
final class ListFollower {
  private final Collection<Entry> known;
  private final Consumer<Entry> learner;

  /** Other fleet keys are in force; set by other threads. */
  private volatile boolean rewrite;

  private @Nullable Listed last;
  private boolean lost = true;

  /**
   * @param known all that this node knows of, to be added where it is lost
   * @param learner is given what is read, once or more
   */
  ListFollower(Collection<Entry> known, Consumer<Entry> learner) {
    this.known = known;
    this.learner = learner;
  }

  /** What is in Redis is to be authentic under other fleet keys. */
  void rewrite() {
    rewrite = true;
  }

  /**
   * Reads, then adds what is lost.
   *
   * @param onRead is run in between
   */
  void follow(RevocationList list, long now, Runnable onRead) throws RedisAwayException {
    Listed before = last;
    boolean goesOn = before != null && !lost && !rewrite && list.readAfter(before, this::read);
    if (goesOn) {
      onRead.run();
    } else {
      lost = true;
      restore(list, now, onRead);
    }
  }

  private void restore(RevocationList list, long now, Runnable onRead) throws RedisAwayException {
    boolean anew = rewrite;
    Set<Entry> there = new HashSet<>();
    List<byte[]> former = new ArrayList<>();
    last = null;
    list.read(listed -> {
      read(listed);
      if (anew && listed.underOldKey()) {
        former.add(listed.sealed().toArray());
      } else {
        there.add(listed.entry());
      }
    });
    onRead.run();
    list.add(
        known.stream()
            .filter(entry -> entry.untilMillis() > now && !there.contains(entry))
            .toList());
    // Once the former key is dropped nobody could read them, and they would stay for ever.
    list.remove(former);
    lost = false;
    rewrite = rewrite && !anew;
  }

  private void read(Listed listed) {
    last = listed;
    learner.accept(listed.entry());
  }
}
