/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class Uint16ListTest {
  private final Uint16List codes = Uint16List.of(0x1301, 0, 0xffff);

  @Test
  void keepsOrderAndRange() {
    assertEquals(3, codes.size());
    assertEquals(0x1301, codes.at(0));
    assertEquals(0, codes.at(1));
    assertEquals(0xffff, codes.at(2));
    assertThrows(IndexOutOfBoundsException.class, () -> codes.at(3));
  }

  @Test
  void knowsWhatItContains() {
    assertTrue(codes.contains(0xffff));
    assertFalse(codes.contains(0x1302));
    assertFalse(codes.contains(-1));
    assertFalse(codes.contains(0x1_1301));
    assertFalse(Uint16List.of().contains(0));
  }

  @Test
  void refusesWhatIsNotACodePoint() {
    assertThrows(IllegalArgumentException.class, () -> Uint16List.of(0x10000));
    assertThrows(IllegalArgumentException.class, () -> Uint16List.of(1, -1));
  }

  @Test
  void isEqualByCodesInOrder() {
    assertEquals(Uint16List.of(0x1301, 0, 0xffff), codes);
    assertEquals(Uint16List.of(0x1301, 0, 0xffff).hashCode(), codes.hashCode());
    assertNotEquals(Uint16List.of(0, 0x1301, 0xffff), codes);
    assertNotEquals(Uint16List.of(0x1301, 0), codes);
  }

  @Test
  void isNotChangedThroughTheArrayItWasMadeOf() {
    int[] array = {1, 2};
    Uint16List list = Uint16List.of(array);
    array[0] = 9;

    assertEquals(Uint16List.of(1, 2), list);
  }

  @Test
  void showsItsCodesInHexadecimal() {
    assertEquals("[0x1301, 0x0000, 0xffff]", codes.toString());
  }
}
