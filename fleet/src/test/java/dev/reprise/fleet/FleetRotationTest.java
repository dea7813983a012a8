/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import static dev.reprise.fleet.TestFleet.awaitAgreement;
import static dev.reprise.fleet.TestFleet.awaitSealing;
import static dev.reprise.fleet.TestFleet.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.Await;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code keys rotate --now}, and fleet keys that are replaced. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class FleetRotationTest {
  private static final Duration LONG = Duration.ofDays(7);

  @Test
  void anOrderToRotateEndsAllKeysOnAllNodesAndErasesThem() throws FleetException {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      List<Stek> before = one.ticketKeys().ring().keys();
      try (FleetOrders orders = new FleetOrders(fleet.settings("cli"), fleet.keyFile())) {
        long generation = orders.rotateNow();
        Await.until(
            "both have followed",
            () ->
                orders.nodes().size() == 2
                    && orders.nodes().stream().allMatch(node -> node.generation() == generation));
      }
      awaitAgreement(one, other);
      for (Stek key : before) {
        assertTrue(key.secret().isClosed(), "erased");
        assertEquals(
            MissReason.KEY_EXPIRED,
            one.ticketKeys().ring().missing(key.name(), one.clock().millis()));
      }
      Set<Opaque> kept = new HashSet<>(names(other));
      kept.retainAll(before.stream().map(Stek::name).toList());
      assertTrue(kept.isEmpty());
      Fleet third = fleet.join("c");
      awaitAgreement(one, third);
    }
  }

  @Test
  void anOrderToNobodyIsRefusedInOneSentence() throws FleetException {
    try (TestFleet fleet = new TestFleet(LONG, LONG);
        FleetOrders orders = new FleetOrders(fleet.settings("cli"), fleet.keyFile())) {
      FleetException refused = assertThrows(FleetException.class, orders::rotateNow);
      assertEquals(
          "There is no fleet reprise in Redis; check --store and --fleet-name", refused.sentence());
    }
  }

  @Test
  void anOrderUnderAnotherFleetKeyIsRefused() {
    try (TestFleet fleet = new TestFleet(LONG, LONG);
        TestFleet rivals = fleet.rival()) {
      awaitSealing(fleet.join("a"));
      try (FleetOrders orders = new FleetOrders(rivals.settings("cli"), rivals.keyFile())) {
        FleetException refused = assertThrows(FleetException.class, orders::rotateNow);
        assertTrue(refused.sentence().contains("another fleet key"), refused.sentence());
      }
    }
  }

  @Test
  void aFleetKeyIsReplacedWithoutLosingATicketKey() throws IOException {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      String former = fleet.readKeys().getFirst();
      String next = FleetKeyFile.newLine(new SecureRandom());
      replace(fleet, former, next);
      replace(fleet, next, former);
      replace(fleet, next);
      Fleet third = fleet.join("c");
      awaitAgreement(one, other, third);
      assertEquals(before, names(third));
    }
  }

  private static void replace(TestFleet fleet, String... lines) throws IOException {
    long heard = changes(fleet);
    fleet.writeKeys(lines);
    Await.until("both nodes have taken it", () -> changes(fleet) >= heard + 2);
    // What is in Redis is written under the first key by the next poll that finds it otherwise.
    for (Fleet node : fleet.nodes()) {
      long polls = node.status().polls();
      Await.until("it has polled", () -> node.status().polls() > polls);
    }
  }

  private static long changes(TestFleet fleet) {
    return fleet.events.stream().filter(FleetEvent.FleetKeyChanged.class::isInstance).count();
  }

  @Test
  void afterATheftKeysRotateUnderANewFleetKeyAtOnce() throws IOException, FleetException {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      String stolen = fleet.readKeys().getFirst();
      fleet.writeKeys(FleetKeyFile.newLine(new SecureRandom()), stolen);
      try (FleetOrders orders = new FleetOrders(fleet.settings("cli"), fleet.keyFile())) {
        orders.rotateNow();
      }
      Await.until(
          "both have followed",
          () -> one.status().generation() > 0 && other.status().generation() > 0);
      awaitAgreement(one, other);
      Set<Opaque> kept = new HashSet<>(names(one));
      kept.retainAll(before);
      assertTrue(kept.isEmpty());
    }
  }
}
