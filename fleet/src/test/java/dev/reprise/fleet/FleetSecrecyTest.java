/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import static dev.reprise.fleet.TestFleet.awaitAgreement;
import static dev.reprise.fleet.TestFleet.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.KeyTraces;
import dev.reprise.testkit.redis.Detour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What whoever copies Redis, its traffic and later the nodes' memory gets: nothing of before. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class FleetSecrecyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path directory;

  @Test
  void noKeyAndNoSessionIsInRedisNorOnTheWayThere() throws IOException {
    try (TestFleet fleet = new TestFleet(SECOND, SECOND);
        Detour way = Detour.to(fleet.redis.port())) {
      way.record();
      fleet.redis.ask("CONFIG", "SET", "rdbcompression", "no");
      RecordingRandom random = new RecordingRandom();
      Fleet one = join(fleet, way, random, "a");
      Fleet other = join(fleet, way, random, "b");
      awaitAgreement(one, other);
      List<byte[]> copies = new ArrayList<>();
      Set<Opaque> seen = new HashSet<>();
      Set<Integer> stored = new HashSet<>();
      Await.until(
          "some keys have come and gone",
          () -> {
            seen.addAll(names(one));
            if (TestSessions.put(one, seen.size(), random)
                && TestSessions.finds(other, seen.size())) {
              stored.add(seen.size());
            }
            copies.add(Files.readAllBytes(fleet.redis.save()));
            return seen.size() > 5;
          });
      KeyTraces secrets = DumpSearch.traces(random.drawn());
      byte[] traffic = way.recording();
      assertTrue(traffic.length > 10_000, "nothing was recorded");
      assertTrue(stored.size() > 1, "no sessions were stored: " + stored);
      assertEquals(List.of(), secrets.in(traffic, traffic.length, 0));
      for (byte[] copy : copies) {
        assertTrue(copy.length > 1_000, "Redis holds nothing");
        assertEquals(List.of(), secrets.in(copy, copy.length, 0));
      }
    }
  }

  /**
   * Whoever has copied Redis in an epoch, and gets the fleet key and the memory of all nodes three
   * epochs later, lacks what the wraps were for: neither the ticket keys of then nor a private key
   * of then is left, and no session's secret. (The memory of this process is that of all nodes.)
   */
  @Test
  void theMemoryOfAllNodesOpensNothingOfAnEarlierEpoch() throws IOException {
    try (TestFleet fleet = new TestFleet(SECOND, SECOND)) {
      RecordingRandom random = new RecordingRandom();
      Fleet one = fleet.join(fleet.settings("a"), InstantSource.system(), random);
      Fleet other = fleet.join(fleet.settings("b"), InstantSource.system(), random);
      awaitAgreement(one, other);
      Set<Opaque> first = names(one);
      Await.until("a session is stored", () -> TestSessions.put(one, 1, random));
      Await.until("it resumes elsewhere", () -> TestSessions.finds(other, 1));
      Path secrets = directory.resolve("secrets");
      random.writeTo(secrets);
      assertFalse(found("first", secrets).isEmpty(), "the search finds what lives");
      Await.until("all keys of then have ended", () -> Collections.disjoint(first, names(one)));
      Await.until("on the other one too", () -> Collections.disjoint(first, names(other)));
      long later = one.clock().millis() + 1_000;
      Await.until("private keys of then have ended too", () -> one.clock().millis() > later);
      for (Stek key : one.ticketKeys().ring().keys()) {
        assertFalse(first.contains(key.name()));
      }
      assertEquals(List.of(), found("later", secrets), "secrets of then");
    }
  }

  private static Fleet join(TestFleet fleet, Detour way, RecordingRandom random, String name) {
    return fleet.join(
        fleet.settings("redis://127.0.0.1:" + way.port(), name), InstantSource.system(), random);
  }

  private List<String> found(String name, Path secrets) throws IOException {
    Path dump = directory.resolve(name + ".hprof");
    DumpSearch.dump(dump);
    try {
      return DumpSearch.in(dump, secrets);
    } finally {
      Files.delete(dump);
    }
  }
}
