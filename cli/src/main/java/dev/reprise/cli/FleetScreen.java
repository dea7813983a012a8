/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.cli.local.FleetTable;
import dev.reprise.cli.local.LocalFleet;
import dev.reprise.cli.local.NodeView;
import dev.reprise.gateway.HostPort;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Shows how a fleet does: on a terminal in place, elsewhere when there is something new. */
final class FleetScreen {
  private final PrintWriter out;
  private final PrintWriter error;
  private final boolean live;
  private int shownLines;
  private boolean ended;
  private List<String> shownStates = List.of();

  FleetScreen(PrintWriter out, PrintWriter error, boolean live) {
    this.out = out;
    this.error = error;
    this.live = live;
  }

  @SuppressWarnings("SystemConsoleNull") // It is null where jdk.console is java.base.
  static FleetScreen of(CommandLine command) {
    Console console = System.console();
    return new FleetScreen(
        command.getOut(), command.getErr(), console != null && console.isTerminal());
  }

  /** The line that {@code serve} writes, and before it where all the others are. */
  synchronized void ready(LocalFleet fleet, HostPort admin) {
    String store = fleet.store();
    for (NodeView node : fleet.look()) {
      error.println(
          node.name() + " on https://" + node.address() + " (admin http://" + node.admin() + ")");
    }
    error.println(
        store == null
            ? "no store: nothing is shared"
            : "sessions and keys by " + store + " (fleet key " + fleet.fleetKey() + ")");
    error.flush();
    out.println(
        "reprise listening on https://" + fleet.address() + " (admin http://" + admin + ")");
    out.flush();
  }

  /** Shows the table for as long as the process lives, on a thread of its own. */
  void watch(LocalFleet fleet) {
    Thread.ofPlatform().daemon().name("reprise-table").start(() -> show(fleet));
  }

  private void show(LocalFleet fleet) {
    try {
      while (true) {
        show(fleet.look());
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void show(List<NodeView> nodes) {
    if (ended) {
      return;
    }
    List<String> states = nodes.stream().map(NodeView::state).toList();
    if (live) {
      clear();
      List<String> lines = FleetTable.of(nodes);
      lines.forEach(out::println);
      shownLines = lines.size();
    } else if (!shownStates.isEmpty() && !states.equals(shownStates)) {
      FleetTable.of(nodes).forEach(out::println);
    }
    shownStates = states;
    out.flush();
  }

  /** From now on nothing is shown but the {@link #last}. */
  synchronized void end() {
    clear();
    ended = true;
  }

  /** The table as it was when everything ended. */
  synchronized void last(LocalFleet fleet) {
    FleetTable.of(fleet.look()).forEach(out::println);
    out.flush();
  }

  /** A line that stays, above the table. */
  synchronized void log(String line) {
    clear();
    out.flush();
    error.println(line);
    error.flush();
  }

  private void clear() {
    if (shownLines > 0) {
      out.print("\033[%dA\033[J".formatted(shownLines));
      shownLines = 0;
    }
  }
}
