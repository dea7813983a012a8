/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.WireBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class OpaqueTest {
  @Test
  void isEqualByItsBytesWhereverTheyLie() {
    Opaque whole = hex("0203ff");
    Opaque window = hex("0102 03ff 04").slice(1, 3);

    assertEquals(whole, window);
    assertEquals(whole.hashCode(), window.hashCode());
    assertNotEquals(whole, hex("0203fe"));
    assertNotEquals(whole, hex("0203"));
    assertNotEquals(whole, "0203ff");
  }

  @Test
  void comparesInConstantTimeWithTheSameAnswer() {
    Opaque window = hex("0102 03ff 04").slice(1, 3);

    assertTrue(hex("0203ff").equalsInConstantTime(window));
    assertTrue(Opaque.EMPTY.equalsInConstantTime(Opaque.EMPTY));
    assertFalse(hex("0203fe").equalsInConstantTime(window));
    assertFalse(hex("8203ff").equalsInConstantTime(window));
    assertFalse(hex("0203").equalsInConstantTime(window));
    assertFalse(window.equalsInConstantTime(hex("0203")));
  }

  @Test
  void isApartFromTheArrayItCopied() {
    byte[] bytes = {1, 2};
    Opaque copy = Opaque.copyOf(bytes);
    bytes[0] = 9;
    byte[] out = copy.toArray();
    out[0] = 9;

    assertEquals(hex("0102"), copy);
    assertNotSame(copy.array(), copy.toArray());
  }

  @Test
  void sharesTheArrayItTookOver() {
    byte[] bytes = {1, 2, 3, 4};
    Opaque window = Opaque.takeOver(bytes, 1, 2);

    assertSame(bytes, window.array());
    assertEquals(1, window.offset());
    assertSame(bytes, window.slice(1, 1).array());
    assertEquals(2, window.slice(1, 1).offset());
  }

  @Test
  void keepsNoArrayForNoBytes() {
    assertSame(Opaque.EMPTY, Opaque.takeOver(new byte[5], 3, 0));
    assertSame(Opaque.EMPTY, hex("010203").slice(2, 0));
    assertTrue(Opaque.EMPTY.isEmpty());
    assertFalse(hex("00").isEmpty());
  }

  @Test
  void readsSingleBytesAsUnsigned() {
    Opaque window = hex("00 ff7f 00").slice(1, 2);

    assertEquals(0xff, window.at(0));
    assertEquals(0x7f, window.at(1));
    assertThrows(IndexOutOfBoundsException.class, () -> window.at(2));
    assertThrows(IndexOutOfBoundsException.class, () -> window.at(-1));
  }

  @Test
  void refusesWindowsBeyondItsBytes() {
    Opaque window = hex("00 0102 00").slice(1, 2);

    assertThrows(IndexOutOfBoundsException.class, () -> window.slice(1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> window.slice(-1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> window.slice(0, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> Opaque.takeOver(new byte[2], 1, 2));
  }

  @Test
  void copiesItsBytesOut() {
    Opaque window = hex("00 0102 00").slice(1, 2);
    byte[] target = new byte[4];
    window.copyTo(target, 2);

    assertArrayEquals(new byte[] {0, 0, 1, 2}, target);
    assertArrayEquals(new byte[] {1, 2}, window.toArray());
  }

  @Test
  void showsItsBytesInHexadecimal() {
    assertEquals("0aff", hex("00 0aff 00").slice(1, 2).toString());
    assertEquals("", Opaque.EMPTY.toString());
  }
}
