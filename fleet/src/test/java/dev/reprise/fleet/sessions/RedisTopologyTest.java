/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import dev.reprise.testkit.redis.RealCluster;
import dev.reprise.testkit.redis.RealRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which Redis is run, each through its URL alone. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class RedisTopologyTest {
  private final Session session = Samples.session(ProtocolVersion.TLS13);
  private final Opaque id = Samples.id(1);

  @TempDir private Path directory;

  @Test
  void aClusterHasSessionsOnAllItsMastersAndRemovalsOnOne() {
    try (RealCluster cluster = RealCluster.start(3);
        Node node = Node.at(cluster.url());
        Node other = Node.at(cluster.url())) {
      for (int i = 0; i < 300; i++) {
        assertTrue(node.put(Samples.id(i), session), () -> node.counts().toString());
      }
      for (RealRedis master : cluster.masters()) {
        assertTrue(master.askNumber("DBSIZE") > 50, "they are not spread");
      }
      for (int i = 0; i < 300; i++) {
        Samples.assertSame(session, found(other.take(Samples.id(i))));
        assertEquals(new Lookup.NotInStore(), node.take(Samples.id(i)));
      }
      assertRemovalsReach(node, other);
    }
  }

  private void assertRemovalsReach(Node maker, Node other) {
    Session tls12 = Samples.session(ProtocolVersion.TLS12);
    Samples.join(maker.tiered.put(id, tls12, Samples.HOUR));
    int before = maker.notices.get();
    boolean removed = Samples.join(other.tiered.remove(id));
    assertTrue(removed, () -> maker.tiered.counts() + ", " + other.tiered.counts());
    Await.until("there is a notice", () -> maker.notices.get() > before);
    Samples.join(maker.tiered.poll());
    assertEquals(0, maker.near.size());
  }

  @Test
  void aClusterThatLosesAMasterGoesOnWithTheOthers() {
    try (RealCluster cluster = RealCluster.start(3);
        Node node = Node.at(cluster.url())) {
      // Else the others refuse everything, as that is how Redis Cluster is set up by default.
      cluster
          .masters()
          .forEach(master -> master.ask("CONFIG", "SET", "cluster-require-full-coverage", "no"));
      cluster.masters().get(1).kill();
      Await.until(
          "two thirds are stored",
          () -> {
            int stored = 0;
            for (int i = 0; i < 60; i++) {
              stored += node.put(Samples.id(i), session) ? 1 : 0;
            }
            return stored >= 25;
          });
      cluster.masters().get(1).startAgain();
      Await.until(
          "all are stored again",
          () -> {
            for (int i = 0; i < 60; i++) {
              if (!node.put(Samples.id(i), session)) {
                return false;
              }
            }
            return true;
          });
    }
  }

  @Test
  void tlsAndAUserOfItsOwnAreInTheUrl() throws IOException {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    TestIdentity.PemFiles files = identity.writePem(directory, "redis");
    List<String> rights = new ArrayList<>(List.of("user default off"));
    rights.add(
        "user node on >pass%word ~test:s:* ~{test}:* &{test}:* -@all +@connection +get +set"
            + " +getdel +del +eval +incr +zadd +zremrangebyrank +pexpire +publish +subscribe"
            + " +zrangebyscore +zrange +info");
    try (RealRedis redis =
        RealRedis.startWithTls(files.chain(), files.key(), rights.toArray(String[]::new))) {
      String url = "rediss://node:pass%25word@127.0.0.1:" + redis.port() + "?verifyPeer=NONE";
      try (Node node = Node.at(url);
          Node other = Node.at(url)) {
        assertTrue(node.put(id, session));
        Samples.assertSame(session, found(other.take(id)));
        assertRemovalsReach(node, other);
      }
      assertNobodyElseMay(redis);
    }
  }

  private void assertNobodyElseMay(RealRedis redis) {
    for (String url :
        List.of(
            "rediss://node:wrong@127.0.0.1:" + redis.port() + "?verifyPeer=NONE",
            "rediss://127.0.0.1:" + redis.port() + "?verifyPeer=NONE",
            // A certificate of nobody whom this JVM trusts.
            "rediss://node:pass%25word@127.0.0.1:" + redis.port())) {
      long before = connections(redis);
      try (Node node = Node.alone(Node.settings(url, "test", Node.NO_HURRY))) {
        Await.until(
            "it has tried three times",
            () -> {
              node.link.seek();
              return connections(redis) >= before + 6;
            });
        assertFalse(node.link.isUp());
      }
    }
  }

  private static long connections(RealRedis redis) {
    return Long.parseLong(redis.info("stats", "total_connections_received"));
  }

  @Test
  void sentinelsNameTheMasterAlsoAfterAFailover() {
    try (RealRedis master = RealRedis.start("repl-diskless-sync-delay 0");
        RealRedis replica = RealRedis.start("replicaof 127.0.0.1 " + master.port());
        RealRedis sentinel =
            RealRedis.startSentinel(
                "sentinel monitor sessions 127.0.0.1 " + master.port() + " 1",
                // Not so soon that a master which only waits for a processor is given up.
                "sentinel down-after-milliseconds sessions 3000",
                "sentinel failover-timeout sessions 2000");
        Node node = Node.at("redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#sessions")) {
      Await.until(
          "the replica is known",
          () ->
              replica.info("replication", "master_link_status").equals("up")
                  && sentinel.askText("INFO", "sentinel").contains("slaves=1"));
      assertTrue(node.put(id, session));
      Await.until("it is replicated", () -> replica.askNumber("DBSIZE") == 1);
      master.kill();
      Await.until("sessions are back", () -> node.put(Samples.id(2), session));
      Samples.assertSame(session, found(node.get(id)));
      assertEquals(2, replica.askNumber("DBSIZE"));
    }
  }

  private static Session found(Lookup lookup) {
    return assertInstanceOf(Lookup.Found.class, lookup).session();
  }
}
