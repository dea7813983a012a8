/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.WireBytes.counting;
import static dev.reprise.engine.wire.WireBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsWriterTest {
  private static Opaque zeros(int length) {
    return Opaque.takeOver(new byte[length]);
  }

  @Test
  void writesIntegersBigEndian() {
    TlsWriter out = new TlsWriter();
    out.uint8(1).uint16(0x0203).uint24(0x040506).uint32(0x0708090a).uint64(0x0b0c0d0e0f101112L);

    assertEquals(counting(1, 18), out.toOpaque());
  }

  @Test
  void writesTheLargestIntegers() {
    TlsWriter out = new TlsWriter();
    out.uint8(0xff).uint16(0xffff).uint24(0xffffff).uint32(0xffffffffL).uint64(-1);

    assertEquals(hex("ff".repeat(18)), out.toOpaque());
  }

  @Test
  void writesBytesUnderTheirLengths() {
    Opaque bytes = hex("aabbcc").slice(1, 2);
    TlsWriter out = new TlsWriter();
    out.opaque(bytes).opaque8(bytes).opaque16(bytes).opaque24(bytes);
    out.bytes(new byte[] {1, 2}).bytes(new byte[] {1, 2, 3}, 1, 1);

    assertEquals(hex("bbcc 02bbcc 0002bbcc 000002bbcc 0102 02"), out.toOpaque());
  }

  @Test
  void writesCodesUnderTheirLengths() {
    Uint16List codes = Uint16List.of(0x1301, 0xffff);

    assertEquals(
        hex("04 1301 ffff 0004 1301 ffff"),
        new TlsWriter().codes8(codes).codes16(codes).toOpaque());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 255, 256, 257})
  void growsFromEveryCapacity(int capacity) throws Exception {
    TlsWriter out = new TlsWriter(capacity);
    for (int i = 0; i < 100; i++) {
      out.uint8(i).opaque(counting(i, i));
    }

    assertEquals(100 + 99 * 100 / 2, out.length());
    TlsReader in = TlsReader.of(out.toOpaque());
    for (int i = 0; i < 100; i++) {
      assertEquals(i, in.uint8("x"));
      assertEquals(counting(i, i), in.opaque(i, "x"));
    }
  }

  @Test
  void fillsInTheLengthOfAVectorWhenItIsClosed() {
    TlsWriter out = new TlsWriter();
    int outer = out.open(3);
    int middle = out.open(2);
    int inner = out.open(1);
    out.uint16(0xaabb);
    out.close(inner, 1);
    out.close(middle, 2);
    out.uint8(0xcc);
    out.close(outer, 3);

    assertEquals(hex("000006 0003 02 aabb cc"), out.toOpaque());
  }

  @Test
  void claimsTheGreatestLengthForAVectorThatWasNotClosed() {
    TlsWriter out = new TlsWriter();
    out.open(2);
    out.uint8(1);

    assertEquals(hex("ffff 01"), out.toOpaque());
  }

  @Test
  void writesVectorsOfTheGreatestLength() {
    assertEquals(1 + 0xff, new TlsWriter().opaque8(zeros(0xff)).length());
    assertEquals(2 + 0xffff, new TlsWriter().opaque16(zeros(0xffff)).length());
    assertEquals(3 + 0xffffff, new TlsWriter().opaque24(zeros(0xffffff)).length());
  }

  @Test
  void refusesVectorsThatTheirLengthCannotExpress() {
    TlsWriter out = new TlsWriter();
    int start = out.open(1);
    out.opaque(zeros(0x100));

    assertThrows(IllegalArgumentException.class, () -> out.close(start, 1));
    assertThrows(IllegalArgumentException.class, () -> out.opaque8(zeros(0x100)));
    assertThrows(IllegalArgumentException.class, () -> out.opaque16(zeros(0x10000)));
    assertThrows(IllegalArgumentException.class, () -> out.opaque24(zeros(0x1000000)));
    assertThrows(IllegalArgumentException.class, () -> out.codes8(Uint16List.of(new int[128])));
    assertThrows(IllegalArgumentException.class, () -> out.codes16(Uint16List.of(new int[0x8000])));
  }

  @Test
  void copiesTheBytesIntoAnArrayOfTheirLength() {
    TlsWriter out = new TlsWriter(100);
    out.uint16(0x0102);
    byte[] first = out.toArray();
    out.uint8(3);

    assertArrayEquals(new byte[] {1, 2}, first);
    assertArrayEquals(new byte[] {1, 2, 3}, out.toArray());
  }
}
