/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who is next: each client goes round all nodes, so that it never meets the same one twice in a row
 * while there is another one.
 */
final class Rotation<N> {
  /** Of more clients, the ones that were not here for longest are taken for new. */
  private static final int MOST_CLIENTS = 65_536;

  private final List<N> nodes;
  private final LinkedHashMap<InetAddress, Integer> last = new LinkedHashMap<>(16, 0.75f, true);
  private int newcomers;

  /**
   * @param nodes at least one
   */
  Rotation(List<N> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** The first after the client's last one that {@code takes} clients. */
  synchronized Optional<N> next(InetAddress client, Predicate<N> takes) {
    Integer before = last.get(client);
    int first = before == null ? newcomers++ : before + 1;
    for (int i = 0; i < nodes.size(); i++) {
      int index = Math.floorMod(first + i, nodes.size());
      if (takes.test(nodes.get(index))) {
        remember(client, index);
        return Optional.of(nodes.get(index));
      }
    }
    return Optional.empty();
  }

  private void remember(InetAddress client, int index) {
    last.put(client, index);
    if (last.size() > MOST_CLIENTS) {
      last.pollFirstEntry();
    }
  }
}
