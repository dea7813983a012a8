/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.WireBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TlsReaderTest {
  /** One way to read something, and bytes it can just be read from. */
  record Reading(String name, String bytes, TlsReader.Element<Object> element) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Reading> readings() {
    return List.of(
        new Reading("uint8", "01", in -> in.uint8("x")),
        new Reading("uint16", "0102", in -> in.uint16("x")),
        new Reading("uint24", "010203", in -> in.uint24("x")),
        new Reading("uint32", "01020304", in -> in.uint32("x")),
        new Reading("uint64", "0102030405060708", in -> in.uint64("x")),
        new Reading("opaque", "010203", in -> in.opaque(3, "x")),
        new Reading("opaque8", "02 0102", in -> in.opaque8(1, 2, "x")),
        new Reading("opaque16", "0002 0102", in -> in.opaque16(2, "x")),
        new Reading("opaque24", "000002 0102", in -> in.opaque24(2, "x")),
        new Reading("vector8", "02 0102", in -> in.vector8(2, "x")),
        new Reading("vector16", "0002 0102", in -> in.vector16(2, "x")),
        new Reading("vector24", "000002 0102", in -> in.vector24(2, "x")),
        new Reading("codes8", "04 0102 0304", in -> in.codes8(2, "x")),
        new Reading("codes16", "0004 0102 0304", in -> in.codes16(2, "x")));
  }

  private static TlsReader reader(String bytes) {
    return TlsReader.of(hex(bytes));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void refusesToReadBeyondTheEnd(Reading reading) {
    Opaque bytes = hex(reading.bytes());
    for (int length = 0; length < bytes.length(); length++) {
      // The window ends before the array does: there are bytes, but not the reader's.
      TlsReader in = TlsReader.of(bytes.slice(0, length));
      assertThrows(DecodeException.class, () -> reading.element().read(in));
    }
  }

  @ParameterizedTest
  @MethodSource("readings")
  void takesExactlyItsBytes(Reading reading) throws Exception {
    TlsReader in = reader(reading.bytes() + "ee");

    reading.element().read(in);

    assertEquals(hex("ee"), in.rest());
  }

  @Test
  void readsIntegersAsUnsignedAndBigEndian() throws Exception {
    TlsReader in = reader("ff fffe fffffd fffffffc fffffffffffffffb 0102");

    assertEquals(0xff, in.uint8("x"));
    assertEquals(0xfffe, in.uint16("x"));
    assertEquals(0xfffffd, in.uint24("x"));
    assertEquals(0xfffffffcL, in.uint32("x"));
    assertEquals(0xfffffffffffffffbL, in.uint64("x"));
    assertEquals(0x0102, in.uint16("x"));
    assertFalse(in.hasRemaining());
  }

  @Test
  void readsFromTheMiddleOfAnArray() throws Exception {
    TlsReader in = TlsReader.of(hex("aabb 0304 ccdd").slice(2, 2));

    assertEquals(2, in.remaining());
    assertEquals(0x0304, in.uint16("x"));
    assertThrows(DecodeException.class, () -> in.uint8("x"));
  }

  @Test
  void sharesTheBytesOfAnOpaque() throws Exception {
    Opaque bytes = hex("02 0304 05");

    Opaque read = TlsReader.of(bytes).opaque8(0, 255, "x");

    assertEquals(hex("0304"), read);
    assertSame(bytes.array(), read.array());
  }

  @Test
  void refusesVectorsThatAreTooShort() {
    assertThrows(DecodeException.class, () -> reader("01 aa").opaque8(2, 255, "x"));
    assertThrows(DecodeException.class, () -> reader("0000").opaque16(1, "x"));
    assertThrows(DecodeException.class, () -> reader("000000").opaque24(1, "x"));
    assertThrows(DecodeException.class, () -> reader("01 aa").vector8(2, "x"));
    assertThrows(DecodeException.class, () -> reader("0001 aa").vector16(2, "x"));
    assertThrows(DecodeException.class, () -> reader("000001 aa").vector24(2, "x"));
    assertThrows(DecodeException.class, () -> reader("02 0102").codes8(2, "x"));
    assertThrows(DecodeException.class, () -> reader("0002 0102").codes16(2, "x"));
  }

  @Test
  void refusesVectorsThatAreTooLong() {
    assertThrows(DecodeException.class, () -> reader("03 aabbcc").opaque8(0, 2, "x"));
  }

  @Test
  void refusesAnOddByteAfterTheCodes() {
    assertThrows(DecodeException.class, () -> reader("03 0102 03").codes8(0, "x"));
    assertThrows(DecodeException.class, () -> reader("0005 0102 0304 05").codes16(1, "x"));
  }

  @Test
  void keepsAVectorFromReadingWhatComesAfterIt() throws Exception {
    TlsReader in = reader("01 aa bb");
    TlsReader vector = in.vector8(0, "x");

    assertEquals(0xaa, vector.uint8("x"));
    assertThrows(DecodeException.class, () -> vector.uint8("x"));
    assertEquals(0xbb, in.uint8("x"));
  }

  @Test
  void keepsANestedVectorInsideItsOwn() throws Exception {
    TlsReader outer = reader("02 02 aa bb").vector8(0, "x");

    assertThrows(DecodeException.class, () -> outer.vector8(0, "x"));
  }

  @Test
  void readsAllElementsOfAVector() throws Exception {
    TlsReader.Element<Integer> element = in -> in.uint8("x");

    assertEquals(List.of(), reader("").all(element));
    assertEquals(List.of(7), reader("07").all(element));
    assertEquals(List.of(7, 8, 7), reader("070807").all(element));
    assertThrows(
        UnsupportedOperationException.class, () -> reader("0708").all(element).removeFirst());
  }

  @Test
  void refusesAListWhoseLastElementIsCutShort() {
    assertThrows(DecodeException.class, () -> reader("0102 03").all(in -> in.uint16("x")));
  }

  @Test
  void endsOnlyWhereNothingIsLeft() throws Exception {
    TlsReader in = reader("0102");
    in.uint8("x");

    DecodeException refusal = assertThrows(DecodeException.class, () -> in.end("Thing"));

    assertEquals("Thing has 1 bytes too many", refusal.getMessage());
    in.uint8("x");
    in.end("Thing");
  }

  @Test
  void namesWhatIsCutShort() {
    DecodeException refusal =
        assertThrows(DecodeException.class, () -> reader("00").uint16("cipher_suite"));

    assertEquals("cipher_suite is cut short", refusal.getMessage());
    assertEquals(AlertDescription.DECODE_ERROR, refusal.alert());
  }
}
