/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MadeHereTest {
  private static final long START = 1_000_000;

  private final MadeHere made = new MadeHere(2, START);

  private static String id(int number) {
    return "%016x".formatted(number) + "0".repeat(48);
  }

  @Test
  void tellsItsOwnSessionsFromThoseOfOthers() {
    made.add(id(1), START + 1);
    assertEquals(Origin.HERE, made.origin(id(1), START + 1));
    assertEquals(Origin.ELSEWHERE, made.origin(id(2), START + 1));
    assertEquals(Origin.ELSEWHERE, made.origin(id(3), START - 1));
  }

  @Test
  void saysThatItDoesNotKnowOnceItHasForgotten() {
    for (int i = 1; i <= 5; i++) {
      made.add(id(i), START + i);
    }
    assertEquals(Origin.UNKNOWN, made.origin(id(1), START + 1));
    assertEquals(Origin.UNKNOWN, made.origin(id(99), START + 2));
    for (int i = 3; i <= 5; i++) {
      assertEquals(Origin.HERE, made.origin(id(i), START + i));
    }
    assertEquals(Origin.ELSEWHERE, made.origin(id(99), START + 3));
    assertEquals(Origin.ELSEWHERE, made.origin(id(99), START - 1));
  }
}
