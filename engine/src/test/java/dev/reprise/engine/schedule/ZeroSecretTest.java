/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import org.junit.jupiter.api.Test;

/** Whatever the length, and wherever the one bit is that counts. */
final class ZeroSecretTest {
  private static final int LONGEST = 50;

  @Test
  void refusesZerosOfEveryLength() {
    for (int length = 0; length <= LONGEST; length++) {
      Secret zeros = Secret.takeOver(new byte[length]);
      TlsException refusal =
          assertThrows(TlsException.class, () -> ZeroSecret.refuse(zeros, "secret"));
      assertEquals(AlertDescription.INTERNAL_ERROR, refusal.alert());
    }
  }

  @Test
  void takesWhatHasOneBitAnywhere() {
    for (int length = 1; length <= LONGEST; length++) {
      for (int bit = 0; bit < 8 * length; bit++) {
        byte[] bytes = new byte[length];
        bytes[bit / 8] = (byte) (1 << bit % 8);
        Secret secret = Secret.takeOver(bytes);
        assertDoesNotThrow(() -> ZeroSecret.refuse(secret, "secret"));
      }
    }
  }
}
