/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.opaque;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EcdsaSignatureTest {
  private static final BigInteger P256 = PrimeCurve.SECP256R1.parameters().getOrder();
  private static final BigInteger P521 = BigInteger.ONE.shiftLeft(521);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3006 020101 020101",
        "3006 02017f 020101",
        "3007 02020080 020101",
        "3008 02020080 020200ff",
        "3008 02020100 020203e8"
      })
  void takesTheOneEncodingThatDerHas(String hex) {
    assertTrue(EcdsaSignature.isWellFormed(opaque(hex), P256));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing                        | ''
          a set                          | 3106 020101 020101
          a bit string for r             | 3006 030101 020101
          a sequence for s               | 3006 020101 300101
          no s                           | 3003 020101
          a third number                 | 3009 020101 020101 020101
          left-over bytes inside         | 3007 020101 020101 00
          left-over bytes behind         | 3006 020101 020101 00
          a sequence that is too short   | 3005 020101 020101
          a sequence that is too long    | 3007 020101 020101
          a number beyond the sequence   | 3006 020101 020201
          an indefinite length           | 3080 020101 020101 0000
          a long form for a short length | 308106 020101 020101
          a length in two bytes          | 30820006 020101 020101
          a long form for r              | 3007 02810101 020101
          an empty number                | 3005 0200 020101
          a leading zero too many        | 3007 02020001 020101
          zero for r                     | 3006 020100 020101
          zero for s                     | 3006 020101 020100
          a negative r                   | 3006 020180 020101
          a negative s                   | 3006 020101 0201ff
          a negative number in two bytes | 3007 0202ff7f 020101
          """)
  void refuses(String what, String hex) {
    assertFalse(EcdsaSignature.isWellFormed(opaque(hex), P256), what);
  }

  @Test
  void holdsBothNumbersBelowTheOrder() {
    BigInteger last = P256.subtract(BigInteger.ONE);
    assertTrue(EcdsaSignature.isWellFormed(encode(last, last), P256));
    assertFalse(EcdsaSignature.isWellFormed(encode(P256, last), P256));
    assertFalse(EcdsaSignature.isWellFormed(encode(last, P256), P256));
    assertFalse(EcdsaSignature.isWellFormed(encode(last.shiftLeft(8), last), P256));
  }

  @Test
  void knowsTheLongFormThatLargeCurvesNeed() {
    BigInteger number = BigInteger.ONE.shiftLeft(520);
    Opaque encoded = encode(number, number);
    assertEquals(0x81, encoded.at(1));
    assertTrue(EcdsaSignature.isWellFormed(encoded, P521));
  }

  @Test
  void refusesEveryTruncationAndOneByteTooMany() {
    byte[] whole = encode(BigInteger.TEN.pow(70), BigInteger.TEN.pow(69)).toArray();
    for (int length = 0; length <= whole.length + 1; length++) {
      Opaque cut = Opaque.takeOver(Arrays.copyOf(whole, length));
      assertEquals(length == whole.length, EcdsaSignature.isWellFormed(cut, P256));
    }
  }

  static Opaque encode(BigInteger r, BigInteger s) {
    String numbers = integer(r) + integer(s);
    int length = numbers.length() / 2;
    return opaque((length < 128 ? "30" : "3081") + String.format("%02x", length) + numbers);
  }

  private static String integer(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return String.format("02%02x", bytes.length) + TestCrypto.hex(bytes);
  }
}
