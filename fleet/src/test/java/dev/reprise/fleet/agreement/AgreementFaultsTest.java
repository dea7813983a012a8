/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.testkit.SeededRandom;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Nodes that are apart, in time or in what they know; poll by poll, over a real Redis. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class AgreementFaultsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofDays(7);

  @Test
  void aKeyFromTheFutureIsUsedByNobodyWhoseTimeHasNotCome() throws RedisAwayException {
    for (Duration period : List.of(PERIOD, LONG)) {
      try (Members members = new Members(period)) {
        Members.Member ahead = members.join("ahead", HOUR);
        members.poll(4, ahead);
        Set<Opaque> future = ahead.names();
        assertFalse(future.isEmpty());
        Members.Member right = members.join("right", Duration.ZERO);
        members.poll(4, right);
        assertNotEquals("", right.sealing(), "it does not wait for whom it cannot follow");
        assertTrue(right.lastSeen().isEmpty(), "a sign of life from the future is none");
        members.poll(2, ahead, right);
        assertFalse(future.contains(right.sealingName()));
        for (Stek key : right.agreement().source().ring().keys()) {
          assertFalse(future.contains(key.name()));
          assertTrue(key.acceptsAt(members.now()));
        }
        assertEquals(
            MissReason.UNKNOWN_KEY,
            right.agreement().source().ring().missing(future.iterator().next(), members.now()));
      }
    }
  }

  @Test
  void halfAFleetThatIsAGenerationBehindFollowsWithItsNextPoll()
      throws RedisAwayException, FleetException {
    try (Members members = new Members(LONG)) {
      Members.Member[] all = new Members.Member[4];
      for (int i = 0; i < all.length; i++) {
        all[i] = members.join("node-" + i, Duration.ZERO);
      }
      members.poll(6, all);
      Set<Opaque> before = all[0].names();
      for (Members.Member member : all) {
        assertEquals(before, member.names());
      }
      List<Stek> held = all[2].agreement().source().ring().keys();
      members.rotateNow();
      members.poll(6, all[0], all[1]);
      Set<Opaque> after = all[0].names();
      assertEquals(after, all[1].names());
      assertTrue(before.stream().noneMatch(after::contains));
      assertEquals(before, all[2].names(), "it has not polled");
      // A replica that knows of no order takes over, and the half behind writes first.
      members.redis().ask("DEL", "{reprise}:generation");
      members.poll(2, all[2], all[3]);
      members.poll(6, all);
      for (Members.Member member : all) {
        assertEquals(after, member.names());
        assertEquals(all[0].sealing(), member.sealing());
      }
      held.forEach(key -> assertTrue(key.secret().isClosed(), "erased"));
    }
  }

  @Test
  void halfAFleetThatMissedAnEpochGetsItsKeysWithItsNextPolls() throws RedisAwayException {
    try (Members members = new Members(PERIOD)) {
      Members.Member one = members.join("one", Duration.ZERO);
      Members.Member other = members.join("other", Duration.ZERO);
      members.poll(6, one, other);
      members.pass(PERIOD);
      members.poll(3, one);
      assertNotEquals(one.names(), other.names());
      assertTrue(
          other.names().contains(one.sealingName()), "what seals now was there a period ahead");
      members.poll(3, one, other);
      assertEquals(one.names(), other.names());
      assertEquals(one.sealing(), other.sealing());
    }
  }

  @Test
  void aNodeThatWasGivenAShorterPeriodTakesNobodyForDead() throws RedisAwayException {
    try (Members members = new Members(LONG)) {
      Members.Member one = members.join("one", Duration.ZERO);
      members.poll(4, one);
      Set<Opaque> before = one.names();
      Members.Member hasty = members.join("hasty", Duration.ZERO, Duration.ofSeconds(2));
      members.poll(4, hasty, one);
      assertEquals(1, hasty.lastSeen().size());
      assertEquals(before, one.names());
      assertEquals(before, hasty.names());
      assertEquals(one.sealing(), hasty.sealing());
    }
  }

  @Test
  void aNodeThatIsLeftWithTheFormerFleetKeyDisturbsNobody() throws RedisAwayException {
    try (Members members = new Members(PERIOD)) {
      Members.Member one = members.join("one", Duration.ZERO);
      Members.Member other = members.join("other", Duration.ZERO);
      Members.Member left = members.join("left", Duration.ZERO);
      members.poll(4, one, other, left);
      for (List<FleetKey> keys : members.replacement()) {
        one.changeKeys(keys);
        other.changeKeys(keys);
        members.poll(2, left, one, other);
      }
      for (int i = 0; i < 40; i++) {
        members.poll(1, left, one, other);
        assertNotEquals("", one.sealing());
        assertEquals(one.sealing(), other.sealing());
        assertEquals(1, one.lastSeen().size(), "the other one lives");
        assertTrue(left.agreement().isStranger());
      }
      assertTrue(left.heard("another fleet key"));
      assertEquals(2, members.redis().askNumber("HLEN", "{reprise}:beats"));
      left.changeKeys(members.replacement().getLast());
      members.poll(4, left, one, other);
      assertFalse(left.agreement().isStranger());
      assertEquals(one.names(), left.names());
    }
  }

  @Test
  void aKeyUnderAnotherOnesNameIsRefused() throws RedisAwayException, GeneralSecurityException {
    try (Members members = new Members(LONG)) {
      Members.Member one = members.join("one", Duration.ZERO);
      Members.Member other = members.join("other", Duration.ZERO);
      members.poll(4, one, other);
      Set<Opaque> before = one.names();
      KeyRecord forged = members.offer(one, SeededRandom.of(1), null);
      members.poll(2, one, other);
      assertEquals(before, one.names());
      assertTrue(one.heard("has a name that does not follow from it"));
      assertFalse(one.names().contains(forged.name()));
      // The name of one that is held, with another secret and other times.
      Opaque taken = one.sealingName();
      Secret secret = one.secret(taken);
      members.offer(one, SeededRandom.of(2), taken);
      members.poll(2, one, other);
      assertTrue(secret.sameAs(one.secret(taken)));
      assertEquals(one.sealing(), other.sealing());
      assertTrue(secret.sameAs(other.secret(taken)));
    }
  }

  @Test
  void aKeyIsCalledByWhatItIs() {
    byte[] bytes = new byte[Stek.SECRET_LENGTH];
    SeededRandom.of(3).nextBytes(bytes);
    try (Secret secret = Secret.takeOver(bytes.clone());
        Secret same = Secret.takeOver(bytes.clone())) {
      assertEquals(KeyName.of(secret), KeyName.of(same));
      assertEquals(Stek.NAME_LENGTH, KeyName.of(secret).length());
      bytes[0] ^= 1;
      try (Secret different = Secret.takeOver(bytes)) {
        assertNotEquals(KeyName.of(secret), KeyName.of(different));
      }
    }
  }
}
