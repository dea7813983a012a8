/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DerivedKeyTest {
  private static final byte[] NAME = Keys.random(1, 16);
  private static final byte[] ONE = Keys.random(2, 32);
  private static final byte[] OTHER = Keys.random(3, 32);

  @Test
  void isHkdfOverTheHalvesInSortedOrder() throws Exception {
    boolean inOrder = Arrays.compareUnsigned(ONE, OTHER) < 0;
    byte[] halves = inOrder ? Keys.join(ONE, OTHER) : Keys.join(OTHER, ONE);
    byte[] extracted = hmac(new byte[32], halves);
    byte[] one = {1};
    DerivedKey derived = derived(KeyFileFormat.HAPROXY, NAME, ONE, OTHER);
    assertArrayEquals(
        hmac(extracted, Keys.join("reprise ticket key file 1 secret".getBytes(US_ASCII), one)),
        derived.secret().reveal());
    byte[] named = "reprise ticket key file 1 name".getBytes(US_ASCII);
    assertArrayEquals(
        Arrays.copyOf(hmac(extracted, Keys.join(named, NAME, one)), 16), derived.name().toArray());
  }

  @Test
  void isTheSameIfHalvesAreReadInTheWrongOrder() {
    DerivedKey right = derived(KeyFileFormat.HAPROXY, NAME, ONE, OTHER);
    DerivedKey wrong = derived(KeyFileFormat.ENVOY, NAME, ONE, OTHER);
    assertEquals(right.name(), wrong.name());
    assertTrue(right.secret().sameAs(wrong.secret()));
  }

  @Test
  void changesItsNameWithTheNameInTheFileAndItsSecretWithEitherHalf() {
    DerivedKey key = derived(KeyFileFormat.NGINX, NAME, ONE, OTHER);
    DerivedKey renamed = derived(KeyFileFormat.NGINX, Keys.random(4, 16), ONE, OTHER);
    assertNotEquals(key.name(), renamed.name());
    assertTrue(key.secret().sameAs(renamed.secret()));
    for (DerivedKey other :
        new DerivedKey[] {
          derived(KeyFileFormat.NGINX, NAME, Keys.random(5, 32), OTHER),
          derived(KeyFileFormat.NGINX, NAME, ONE, Keys.random(5, 32))
        }) {
      assertFalse(key.secret().sameAs(other.secret()));
      assertNotEquals(key.name(), other.name());
    }
  }

  private static DerivedKey derived(KeyFileFormat format, byte[] name, byte[] one, byte[] two) {
    try (FileKey key = FileKey.parse(format, Keys.join(name, one, two), "here")) {
      return DerivedKey.of(key);
    }
  }

  private static byte[] hmac(byte[] key, byte[] data) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }
}
