/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static InetAddress client(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) number});
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Property
  void noClientMeetsANodeTwiceInARowWhileThereIsAnother(
      @ForAll @IntRange(min = 2, max = 5) int nodes,
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 4) Integer> visits) {
    Rotation<Integer> rotation =
        new Rotation<>(java.util.stream.IntStream.range(0, nodes).boxed().toList());
    Map<Integer, Integer> last = new HashMap<>();
    for (int visitor : visits) {
      int node = rotation.next(client(visitor), _ -> true, _ -> true).orElseThrow();
      assertNotEquals(last.put(visitor, node), node);
    }
  }

  @Test
  void passesOverNodesThatTakeNobody() {
    Rotation<String> rotation = new Rotation<>(List.of("a", "b", "c"));
    Set<String> in = Set.of("a", "c");
    assertEquals(Optional.of("a"), rotation.next(client(1), in::contains, _ -> true));
    assertEquals(Optional.of("c"), rotation.next(client(1), in::contains, _ -> true));
    assertEquals(Optional.of("a"), rotation.next(client(1), in::contains, _ -> true));
  }

  @Test
  void ratherRepeatsTheOnlyNodeThanRefuse() {
    Rotation<String> rotation = new Rotation<>(List.of("a", "b"));
    assertEquals(Optional.of("b"), rotation.next(client(1), "b"::equals, _ -> true));
    assertEquals(Optional.of("b"), rotation.next(client(1), "b"::equals, _ -> true));
    assertEquals(Optional.empty(), rotation.next(client(1), _ -> false, _ -> true));
  }

  @Test
  void sparesWhoIsUnwillingButNotAtTheCostOfARepetition() {
    Rotation<String> three = new Rotation<>(List.of("a", "b", "c"));
    Rotation<String> two = new Rotation<>(List.of("a", "b"));
    for (String expected : List.of("a", "c", "a", "c")) {
      assertEquals(Optional.of(expected), three.next(client(1), _ -> true, it -> !it.equals("b")));
    }
    for (String expected : List.of("a", "b", "a", "b")) {
      assertEquals(Optional.of(expected), two.next(client(1), _ -> true, "a"::equals));
    }
  }

  @Test
  void spreadsNewcomers() {
    Rotation<String> rotation = new Rotation<>(List.of("a", "b", "c"));
    assertEquals(Optional.of("a"), rotation.next(client(1), _ -> true, _ -> true));
    assertEquals(Optional.of("b"), rotation.next(client(2), _ -> true, _ -> true));
    assertEquals(Optional.of("c"), rotation.next(client(3), _ -> true, _ -> true));
    assertEquals(Optional.of("a"), rotation.next(client(4), _ -> true, _ -> true));
  }
}
