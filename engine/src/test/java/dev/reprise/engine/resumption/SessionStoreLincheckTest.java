/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether whatever three threads see of a store at once is what some order of their steps would
 * show: Lincheck makes up the steps, runs them over and over, and looks for such an order. In a JVM
 * of its own, as Lincheck is an agent.
 */
@Tag("lincheck")
class SessionStoreLincheckTest {
  private static final int NONE = 0;
  private static final int ELSEWHERE = -1;
  private static final Duration HOUR = Duration.ofHours(1);

  // Two have a chain in common.
  private static final List<Session> SESSIONS =
      List.of(
          Samples.session(ProtocolVersion.TLS12, "one.example", List.of(Samples.bytes(1, 100))),
          Samples.session(ProtocolVersion.TLS12, "two.example", List.of(Samples.bytes(1, 100))),
          Samples.session(ProtocolVersion.TLS12, null, List.of()));

  @Test
  void allThatThreadsSeeOfAStoreIsWhatSomeOrderOfTheirStepsWouldShow() {
    new StressOptions()
        .iterations(20)
        .invocationsPerIteration(400)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Specification.class)
        .check(Steps.class);
  }

  /** Which of the sessions it is, in all its parts. */
  private static int number(Lookup lookup) {
    return switch (lookup) {
      case Lookup.NotInStore _ -> NONE;
      case Lookup.Mismatched _ -> ELSEWHERE;
      case Lookup.Unavailable _ -> throw new IllegalStateException("a store in memory");
      case Lookup.Found(Session found) ->
          1
              + IntStream.range(0, SESSIONS.size())
                  .filter(i -> Samples.same(SESSIONS.get(i), found))
                  .findFirst()
                  .orElseThrow(() -> new IllegalStateException("of several sessions"));
    };
  }

  private static Opaque id(int number) {
    return Samples.bytes(number, 32);
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** What threads do with a store. */
  @Param(name = "id", gen = IntGen.class, conf = "1:2")
  @Param(name = "session", gen = IntGen.class, conf = "1:3")
  public static final class Steps {
    // One shard, so that all meet.
    private final MemorySessionStore store =
        new MemorySessionStore(64 << 10, FakeClock.create(), SeededRandom.of(1));

    @Operation
    public boolean put(@Param(name = "id") int id, @Param(name = "session") int session) {
      return now(store.put(id(id), SESSIONS.get(session - 1), HOUR));
    }

    @Operation
    public int get(@Param(name = "id") int id) {
      return number(now(store.get(id(id), ProtocolVersion.TLS12, Samples.SCOPE)));
    }

    @Operation
    public int take(@Param(name = "id") int id) {
      return number(now(store.take(id(id), ProtocolVersion.TLS12, Samples.SCOPE)));
    }

    @Operation
    public int takeElsewhere(@Param(name = "id") int id) {
      return number(now(store.take(id(id), ProtocolVersion.TLS12, Samples.OTHER_SCOPE)));
    }

    @Operation
    public boolean remove(@Param(name = "id") int id) {
      return now(store.remove(id(id)));
    }

    @Operation
    public int size() {
      return store.size();
    }
  }

  /** What the store is meant to be, of one thread. */
  public static final class Specification {
    private final Map<Integer, Integer> sessions = new HashMap<>();

    public boolean put(int id, int session) {
      sessions.put(id, session);
      return true;
    }

    public int get(int id) {
      return sessions.getOrDefault(id, NONE);
    }

    public int take(int id) {
      Integer taken = sessions.remove(id);
      return taken == null ? NONE : taken;
    }

    public int takeElsewhere(int id) {
      return sessions.containsKey(id) ? ELSEWHERE : NONE;
    }

    public boolean remove(int id) {
      return sessions.remove(id) != null;
    }

    public int size() {
      return sessions.size();
    }
  }
}
