/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.interfaces.ECKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Library.class)
final class PrimeCurveTest {
  private final CryptoProvider crypto;

  PrimeCurveTest(Library library) {
    crypto = library.crypto();
  }

  @ParameterizedTest
  @EnumSource
  void hasTheParametersThatTheJdkKnows(PrimeCurve curve) throws Exception {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve.group().standardName()));
    ECParameterSpec expected = parameters.getParameterSpec(ECParameterSpec.class);
    ECParameterSpec actual = curve.parameters();
    assertEquals(expected.getCurve(), actual.getCurve());
    assertEquals(expected.getGenerator(), actual.getGenerator());
    assertEquals(expected.getOrder(), actual.getOrder());
    assertEquals(expected.getCofactor(), actual.getCofactor());
  }

  @Test
  void knowsTheCurveOfAKey() {
    assertSame(PrimeCurve.SECP256R1, curveOf(256));
    assertSame(PrimeCurve.SECP384R1, curveOf(384));
    assertNull(curveOf(521));
  }

  @ParameterizedTest
  @EnumSource
  void containsOnlyItsPoints(PrimeCurve curve) {
    BigInteger x = curve.parameters().getGenerator().getAffineX();
    BigInteger y = curve.parameters().getGenerator().getAffineY();
    BigInteger p = prime(curve);
    assertTrue(curve.contains(x, y));
    assertTrue(curve.contains(x, p.subtract(y)));
    assertFalse(curve.contains(x, y.add(BigInteger.ONE)));
    assertFalse(curve.contains(y, x));
    assertFalse(curve.contains(BigInteger.ZERO, BigInteger.ZERO));
    assertFalse(curve.contains(x.add(p), y));
    assertFalse(curve.contains(x, y.add(p)));
    assertFalse(curve.contains(x, y.subtract(p)));
    assertFalse(curve.contains(x.subtract(p), y));
  }

  @ParameterizedTest
  @EnumSource
  void countsTheModulusItselfAsOutOfRange(PrimeCurve curve) {
    BigInteger y = yOf(curve, BigInteger.ZERO);
    assertTrue(curve.contains(BigInteger.ZERO, y));
    assertFalse(curve.contains(prime(curve), y));
  }

  @ParameterizedTest
  @EnumSource
  void refusesSharesThatAreNotUncompressed(PrimeCurve curve) throws TlsException {
    byte[] share = exchange(curve).offer().share().toArray();
    for (int form = 0; form <= 255; form++) {
      if (form != 4) {
        byte[] changed = share.clone();
        changed[0] = (byte) form;
        assertRefused(curve, changed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesCompressedSharesAndInfinity(PrimeCurve curve) throws TlsException {
    byte[] compressed =
        Arrays.copyOf(exchange(curve).offer().share().toArray(), 1 + curve.fieldLength());
    compressed[0] = 2;
    assertRefused(curve, compressed);
    compressed[0] = 3;
    assertRefused(curve, compressed);
    assertRefused(curve, new byte[] {0});
    assertRefused(curve, new byte[1 + 2 * curve.fieldLength()]);
    byte[] zero = new byte[1 + 2 * curve.fieldLength()];
    zero[0] = 4;
    assertRefused(curve, zero);
  }

  @ParameterizedTest
  @EnumSource
  void refusesPointsOffTheCurve(PrimeCurve curve) throws TlsException {
    byte[] share = exchange(curve).offer().share().toArray();
    for (int bit = 8; bit < 8 * share.length; bit += 5) {
      assertRefused(curve, TestCrypto.flipped(share, bit));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesCoordinatesThatAreNotReduced(PrimeCurve curve) throws TlsException {
    BigInteger x = BigInteger.ZERO;
    BigInteger y = yOf(curve, x);
    while (!curve.contains(x, y)) {
      x = x.add(BigInteger.ONE);
      y = yOf(curve, x);
    }
    exchange(curve).answer(Opaque.takeOver(share(curve, x, y)));
    assertRefused(curve, share(curve, x.add(prime(curve)), y));
  }

  private void assertRefused(PrimeCurve curve, byte[] share) throws TlsException {
    Opaque peerShare = Opaque.takeOver(share);
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> exchange(curve).answer(peerShare));
    KeyShareOffer offer = exchange(curve).offer();
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> offer.complete(peerShare));
  }

  private KeyExchange exchange(PrimeCurve curve) {
    return Objects.requireNonNull(crypto.keyExchange(curve.group()));
  }

  /** A root of x^3 - 3x + b if there is one, since p is 3 modulo 4. */
  private static BigInteger yOf(PrimeCurve curve, BigInteger x) {
    BigInteger p = prime(curve);
    BigInteger square =
        x.pow(3)
            .subtract(x.multiply(BigInteger.valueOf(3)))
            .add(curve.parameters().getCurve().getB());
    return square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
  }

  private static byte[] share(PrimeCurve curve, BigInteger x, BigInteger y) {
    int length = 2 * curve.fieldLength();
    String format = "04%0" + length + "x%0" + length + "x";
    return TestCrypto.hex(String.format(format, x, y));
  }

  private static BigInteger prime(PrimeCurve curve) {
    return ((ECFieldFp) curve.parameters().getCurve().getField()).getP();
  }

  private static @Nullable PrimeCurve curveOf(int size) {
    return PrimeCurve.of((ECKey) TestCrypto.keyPair("EC", size).getPublic());
  }
}
