/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeededRandomTest {
  @Test
  void repeatsItselfForTheSameSeed() {
    SecureRandom one = SeededRandom.of(7);
    SecureRandom other = SeededRandom.of(7);
    assertArrayEquals(bytes(one, 33), bytes(other, 33));
    assertEquals(one.nextLong(), other.nextLong());
    assertArrayEquals(one.generateSeed(8), other.generateSeed(8));
  }

  @Test
  void differsForAnotherSeed() {
    assertFalse(Arrays.equals(bytes(SeededRandom.of(7), 32), bytes(SeededRandom.of(8), 32)));
  }

  @Test
  void doesNotRepeatItselfInOneSequence() {
    SecureRandom random = SeededRandom.of(7);
    assertFalse(Arrays.equals(bytes(random, 32), bytes(random, 32)));
  }

  @Test
  void ignoresMoreSeed() {
    SecureRandom stirred = SeededRandom.of(7);
    stirred.setSeed(99);
    assertArrayEquals(bytes(SeededRandom.of(7), 16), bytes(stirred, 16));
  }

  @ParameterizedTest
  @EnumSource
  void makesTheSameKeyTwice(KeyKind kind) throws Exception {
    assertArrayEquals(
        kind.generate(SeededRandom.of(7)).getPrivate().getEncoded(),
        kind.generate(SeededRandom.of(7)).getPrivate().getEncoded());
  }

  private static byte[] bytes(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
