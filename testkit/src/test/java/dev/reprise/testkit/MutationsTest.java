/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutationsTest {
  private final byte[] message = {0x10, 0x20, 0x30};

  @Test
  void flipsEveryBitOnce() {
    List<Mutation> flips = Mutations.bitFlips(message).toList();
    assertEquals(24, flips.size());
    assertArrayEquals(new byte[] {0x11, 0x20, 0x30}, flips.getFirst().bytes());
    assertArrayEquals(new byte[] {0x10, 0x20, (byte) 0xb0}, flips.getLast().bytes());
    assertEquals("bit 7 of byte 2 of 3 flipped", flips.getLast().description());
  }

  @Test
  void cutsAtEveryLength() {
    List<Mutation> prefixes = Mutations.truncations(message).toList();
    assertEquals(3, prefixes.size());
    assertEquals(0, prefixes.getFirst().bytes().length);
    assertArrayEquals(new byte[] {0x10, 0x20}, prefixes.getLast().bytes());
    assertEquals("the first 2 of 3 bytes", prefixes.getLast().toString());
  }

  @Test
  void addsAZeroAndAnotherByte() {
    List<Mutation> longer = Mutations.oneByteAdded(message).toList();
    assertArrayEquals(new byte[] {0x10, 0x20, 0x30, 0}, longer.getFirst().bytes());
    assertArrayEquals(new byte[] {0x10, 0x20, 0x30, -1}, longer.getLast().bytes());
    assertEquals("0xff added after 3 bytes", longer.getLast().description());
  }

  @Test
  void isNeverTheMessageItselfNorTheSameTwice() {
    List<String> all =
        Mutations.all(message).map(each -> HexFormat.of().formatHex(each.bytes())).toList();
    assertEquals(24 + 3 + 2, all.size());
    assertEquals(all.size(), all.stream().distinct().count());
    assertFalse(all.contains(HexFormat.of().formatHex(message)));
  }

  @Test
  void leavesTheMessageAloneAndIsLeftAloneByIt() {
    byte[] before = message.clone();
    List<Mutation> prefixes = Mutations.truncations(message).toList();
    Mutations.all(message).forEach(each -> Arrays.fill(each.bytes(), (byte) 0x55));
    assertArrayEquals(before, message);
    message[0] = 0x77;
    assertEquals(0x10, prefixes.getLast().bytes()[0]);
  }

  @Test
  void hasNothingToCutFromNothing() {
    assertEquals(2, Mutations.all(new byte[0]).count());
  }
}
