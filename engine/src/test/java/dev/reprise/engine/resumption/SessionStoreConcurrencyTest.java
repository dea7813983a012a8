/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionStoreConcurrencyTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int THREADS = 64;
  private static final int ROUNDS = 100_000;
  private static final int AT_ONCE = 1_000;

  private final MemorySessionStore store =
      new MemorySessionStore(8 << 20, FakeClock.create(), SeededRandom.of(1));
  private final Session session = Samples.session(ProtocolVersion.TLS12);

  @Test
  void ofManyThreadsThatTakeASessionExactlyOneGetsIt() throws Exception {
    AtomicIntegerArray winners = new AtomicIntegerArray(ROUNDS);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int first = 0; first < ROUNDS; first += AT_ONCE) {
        takeAll(first, threads, winners);
      }
    }
    assertEquals(ROUNDS, IntStream.range(0, ROUNDS).map(winners::get).filter(n -> n == 1).count());
    assertEquals(0, store.size());
  }

  /** All threads go through the same thousand sessions, and so meet at each of them. */
  private void takeAll(int first, ExecutorService threads, AtomicIntegerArray winners)
      throws Exception {
    for (int i = first; i < first + AT_ONCE; i++) {
      assertTrue(store.put(id(i), session, HOUR).toCompletableFuture().join());
    }
    Callable<Integer> taker =
        () -> {
          int won = 0;
          for (int i = first; i < first + AT_ONCE; i++) {
            if (take(id(i))) {
              winners.incrementAndGet(i);
              won++;
            }
          }
          return won;
        };
    List<Callable<Integer>> takers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      takers.add(taker);
    }
    int won = 0;
    for (Future<Integer> one : threads.invokeAll(takers)) {
      won += one.get();
    }
    assertEquals(AT_ONCE, won);
  }

  @Test
  void nobodySeesASessionHalfErasedOrOfAnother() throws Exception {
    Session other = Samples.session(ProtocolVersion.TLS12, "other.example", List.of(id(1), id(2)));
    Callable<Integer> user =
        () -> {
          int seen = 0;
          for (int i = 0; i < 20_000; i++) {
            Opaque id = id(i % 7);
            Session mine = i % 7 % 2 == 0 ? session : other;
            Lookup found =
                (i & 1) == 0
                    ? store
                        .get(id, ProtocolVersion.TLS12, Samples.SCOPE)
                        .toCompletableFuture()
                        .join()
                    : store
                        .take(id, ProtocolVersion.TLS12, Samples.SCOPE)
                        .toCompletableFuture()
                        .join();
            if (found instanceof Lookup.Found(Session read)) {
              assertTrue(Samples.same(mine, read));
              seen++;
            }
            assertTrue(store.put(id, mine, HOUR).toCompletableFuture().join());
          }
          return seen;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> one : threads.invokeAll(List.of(user, user, user, user))) {
        assertTrue(one.get() > 0);
      }
    }
    assertEquals(7, store.size());
    assertEquals(1, store.chains());
  }

  private boolean take(Opaque id) {
    return store.take(id, ProtocolVersion.TLS12, Samples.SCOPE).toCompletableFuture().join()
        instanceof Lookup.Found;
  }

  private static Opaque id(int number) {
    byte[] id = new byte[32];
    id[0] = (byte) number;
    id[1] = (byte) (number >> 8);
    id[2] = (byte) (number >> 16);
    id[31] = 1;
    return Opaque.takeOver(id);
  }
}
