/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A gateway by its name: it goes on when its process is another one. */
final class Node {
  /** What it is at. */
  enum State {
    STARTING,
    SERVING,
    DRAINING,
    SILENT,
    ENDED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What one process is, and where. */
  private record Life(NodeProcess process, NodeProcess.@Nullable Place place) {}

  private final String name;
  private final List<String> command;
  private final Consumer<String> log;
  private final Target target = new Target();
  private volatile State state = State.STARTING;
  private volatile @Nullable Life life;
  private boolean first = true;
  private NodeCounts before = NodeCounts.NONE;
  private NodeCounts now = NodeCounts.NONE;

  Node(String name, List<String> command, Consumer<String> log) {
    this.name = name;
    this.command = command;
    this.log = log;
  }

  String name() {
    return name;
  }

  Target target() {
    return target;
  }

  State state() {
    return state;
  }

  NodeProcess.@Nullable Place place() {
    Life current = life;
    return current == null ? null : current.place();
  }

  @Nullable NodeProcess process() {
    Life current = life;
    return current == null ? null : current.process();
  }

  /** Starts its process; the counts of the last one are kept. */
  NodeProcess start() throws IOException {
    state = State.STARTING;
    synchronized (this) {
      before = before.plus(now);
      now = NodeCounts.NONE;
    }
    NodeProcess process = NodeProcess.start(command, this::tell);
    life = new Life(process, null);
    return process;
  }

  /** What ends a start is told by whoever waits for it. */
  private void tell(String line) {
    if (!line.startsWith("reprise: ")) {
      log.accept(name + ": " + line);
    }
  }

  /** Waits until it listens, and has it take clients. */
  void awaitReady() throws NodeFailure, InterruptedException {
    Life current = life;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    NodeProcess.Place place = current.process().awaitReady();
    life = new Life(current.process(), place);
    state = State.SERVING;
    target.enter(place.tls(), !first);
    first = false;
  }

  /** It is about to stop, or has. */
  void leave(State why) {
    state = why;
    target.leave();
  }

  /** Looks whether it still takes clients. */
  void checkHealth() {
    NodeProcess.Place place = place();
    if (place == null || (state != State.SERVING && state != State.SILENT)) {
      return;
    }
    boolean well = new AdminClient(place.admin()).isWell();
    synchronized (this) {
      if (well && state == State.SILENT) {
        state = State.SERVING;
        target.enter(place.tls(), false);
      } else if (!well && state == State.SERVING) {
        leave(State.SILENT);
      }
    }
  }

  /** Asks it what it has counted. */
  void refresh() {
    NodeProcess.Place place = place();
    if (place == null) {
      return;
    }
    try {
      NodeCounts counted = new AdminClient(place.admin()).counts();
      synchronized (this) {
        now = counted;
      }
    } catch (IOException _) {
      // It has gone, or is busy: what it said last stands.
    }
  }

  synchronized NodeCounts counts() {
    return before.plus(now);
  }
}
