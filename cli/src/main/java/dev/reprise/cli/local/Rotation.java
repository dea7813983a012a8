/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is next: each client goes round all nodes, so that it never meets the same one twice in a row
 * while there is another one.
 */
final class Rotation<N> {
  /** Of more clients, the ones that were not here for longest are taken for new. */
  private static final int MOST_CLIENTS = 65_536;

  private final List<N> nodes;
  private final LinkedHashMap<InetAddress, Integer> lastByClient =
      new LinkedHashMap<>(16, 0.75f, true);
  private int newcomers;

  /**
   * @param nodes at least one
   */
  Rotation(List<N> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /**
   * The first after the client's last one that {@code takes} clients, rather one that is also
   * {@code preferred}; the last one itself only if there is no other.
   */
  synchronized Optional<N> next(InetAddress client, Predicate<N> takes, Predicate<N> preferred) {
    Integer last = lastByClient.get(client);
    int first = last == null ? newcomers++ : last + 1;
    int found = find(first, last, takes.and(preferred));
    found = found < 0 ? find(first, last, takes) : found;
    found = found < 0 ? find(first, null, takes) : found;
    if (found < 0) {
      return Optional.empty();
    }
    remember(client, found);
    return Optional.of(nodes.get(found));
  }

  private int find(int first, @Nullable Integer other, Predicate<N> wanted) {
    for (int i = 0; i < nodes.size(); i++) {
      int index = Math.floorMod(first + i, nodes.size());
      if ((other == null || index != other) && wanted.test(nodes.get(index))) {
        return index;
      }
    }
    return -1;
  }

  private void remember(InetAddress client, int index) {
    lastByClient.put(client, index);
    if (lastByClient.size() > MOST_CLIENTS) {
      lastByClient.pollFirstEntry();
    }
  }
}
