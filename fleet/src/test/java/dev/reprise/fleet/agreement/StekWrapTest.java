/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import dev.reprise.testkit.SeededRandom;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who opens a wrapped ticket key: its recipient, with the fleet key, for that key; nobody else. */
class StekWrapTest {
  private static final String FLEET = "fleet";

  private final SecureRandom random = SeededRandom.of(7);
  private final FleetKey key = fleetKey();
  private final NodeKeyPair recipient = NodeKeyPair.generate(random);
  private final KeyRecord record =
      new KeyRecord(Opaque.takeOver(new byte[16]), 3, 5, 10, 20, 30, 40);
  private final Secret secret = Secret.takeOver(bytes(32));
  private final byte[] wrap = wrap();

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private FleetKey fleetKey() {
    return new FleetKey(Secret.takeOver(bytes(32)), Secret.takeOver(bytes(32)));
  }

  private byte[] wrap() {
    try {
      return StekWrap.wrap(FLEET, key, record, recipient.announcement(), secret, random);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theRecipientGetsTheSecret() {
    Secret opened = recipient.open(FLEET, key, record, wrap);
    assertNotNull(opened);
    assertArrayEquals(secret.reveal(), opened.reveal());
  }

  @Test
  void nobodyElseDoes() {
    assertNull(NodeKeyPair.generate(random).open(FLEET, key, record, wrap));
    assertNull(recipient.open("other", key, record, wrap));
    assertNull(recipient.open(FLEET, fleetKey(), record, wrap));
  }

  @Test
  void everyPartOfTheRecordIsBound() {
    KeyRecord r = record;
    Opaque otherName = Opaque.takeOver(Arrays.copyOf(new byte[] {1}, 16));
    assertNull(open(new KeyRecord(otherName, 3, 5, 10, 20, 30, 40)));
    assertNull(open(new KeyRecord(r.name(), 4, 5, 10, 20, 30, 40)));
    assertNull(open(new KeyRecord(r.name(), 3, 6, 10, 20, 30, 40)));
    assertNull(open(new KeyRecord(r.name(), 3, 5, 11, 20, 30, 40)));
    assertNull(open(new KeyRecord(r.name(), 3, 5, 10, 21, 30, 40)));
    assertNull(open(new KeyRecord(r.name(), 3, 5, 10, 20, 31, 40)));
    assertNull(open(new KeyRecord(r.name(), 3, 5, 10, 20, 30, 41)));
  }

  private @Nullable Secret open(KeyRecord other) {
    return recipient.open(FLEET, key, other, wrap);
  }

  @Test
  void everyByteThatIsChangedAndEveryTruncationKeepsItShut() {
    for (int at = 0; at < wrap.length; at += 1 + at / 64) {
      byte[] changed = wrap.clone();
      changed[at] ^= 1;
      // The highest bit of an X25519 share does not count (RFC 7748, Section 5): not flipped here.
      assertNull(recipient.open(FLEET, key, record, changed), "byte " + at);
    }
    for (int length = 0; length < wrap.length; length += 1 + length / 16) {
      assertNull(recipient.open(FLEET, key, record, Arrays.copyOf(wrap, length)));
    }
    assertNull(recipient.open(FLEET, key, record, Arrays.copyOf(wrap, wrap.length + 1)));
  }

  @Test
  void aPairIsCalledByItsPublicKeys() {
    assertEquals(recipient.id(), recipient.announcement().id());
    assertEquals(16, recipient.id().length());
  }
}
