/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static dev.reprise.engine.crypto.TestCrypto.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Library.class)
final class HybridKeyExchangeTest {
  private static final int KEM_KEY = 1184;
  private static final int CIPHERTEXT = 1088;

  private final KeyExchange exchange;

  HybridKeyExchangeTest(Library library) {
    exchange = Objects.requireNonNull(library.crypto().keyExchange(NamedGroup.X25519MLKEM768));
  }

  @Test
  void putsMlKemFirstInSharesAndSecret() throws Exception {
    KeyPair kem = TestCrypto.keyPair("ML-KEM-768", 0);
    KeyPair curve = TestCrypto.keyPair("X25519", 0);
    Opaque offer =
        Opaque.ofHex(
            hex(tail(kem.getPublic().getEncoded(), KEM_KEY))
                + hex(tail(curve.getPublic().getEncoded(), 32)));
    KeyShareAnswer answer = exchange.answer(offer);
    byte[] share = answer.share().toArray();
    byte[] kemSecret =
        KEM.getInstance("ML-KEM-768")
            .newDecapsulator(kem.getPrivate())
            .decapsulate(Arrays.copyOf(share, CIPHERTEXT))
            .getEncoded();
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(curve.getPrivate());
    agreement.doPhase(x25519(tail(share, 32)), true);
    assertEquals(
        hex(kemSecret) + hex(agreement.generateSecret()), hex(answer.sharedSecret().reveal()));
  }

  @Test
  void knowsAnotherSecretIfTheCiphertextWasTouched() throws TlsException {
    KeyShareOffer offer = exchange.offer();
    KeyShareAnswer answer = exchange.answer(offer.share());
    byte[] touched = TestCrypto.flipped(answer.share().toArray(), 100);
    try (Secret secret = offer.complete(Opaque.takeOver(touched))) {
      byte[] expected = answer.sharedSecret().reveal();
      assertFalse(secret.sameAs(answer.sharedSecret()));
      assertArrayEquals(tail(expected, 32), tail(secret.reveal(), 32));
      assertFalse(Arrays.equals(Arrays.copyOf(expected, 32), Arrays.copyOf(secret.reveal(), 32)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 383, 384, 766, 767})
  void refusesCoefficientsOutOfRange(int index) throws TlsException {
    byte[] offer = exchange.offer().share().toArray();
    for (int coefficient : new int[] {3329, 3330, 4095}) {
      Opaque outOfRange = Opaque.takeOver(withCoefficient(offer, index, coefficient));
      assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> exchange.answer(outOfRange));
    }
    for (int coefficient : new int[] {0, 1, 3328}) {
      Opaque inRange = Opaque.takeOver(withCoefficient(offer, index, coefficient));
      assertEquals(64, exchange.answer(inRange).sharedSecret().length());
    }
  }

  @Test
  void leavesTheSeedOfTheKemKeyUnchecked() throws TlsException {
    byte[] offer = exchange.offer().share().toArray();
    Arrays.fill(offer, 1152, KEM_KEY, (byte) 0xff);
    assertEquals(64, exchange.answer(Opaque.takeOver(offer)).sharedSecret().length());
  }

  @Test
  void refusesX25519PointsOfSmallOrderOnBothSides() throws TlsException {
    KeyShareOffer offer = exchange.offer();
    byte[] client = offer.share().toArray();
    byte[] server = exchange.answer(offer.share()).share().toArray();
    Arrays.fill(client, KEM_KEY, client.length, (byte) 0);
    Arrays.fill(server, CIPHERTEXT, server.length, (byte) 0);
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> exchange.answer(Opaque.takeOver(client)));
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> offer.complete(Opaque.takeOver(server)));
  }

  @Test
  void refusesTheSharesOfItsPartsAlone() throws TlsException {
    Opaque offer = exchange.offer().share();
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> exchange.answer(offer.slice(0, KEM_KEY)));
    assertAlert(
        AlertDescription.ILLEGAL_PARAMETER, () -> exchange.answer(offer.slice(KEM_KEY, 32)));
  }

  @Test
  void destroysTheDecapsulationKeyOnceItIsOver() {
    KeyPair pair = TestCrypto.keyPair("ML-KEM-768", 0);
    MlKem768.destroy(pair.getPrivate());
    assertTrue(pair.getPrivate().isDestroyed());
  }

  @Test
  void putsUpWithKeysThatCannotBeDestroyed() {
    KeyPair pair = TestCrypto.keyPair("X25519", 0);
    MlKem768.destroy(pair.getPrivate());
    assertFalse(pair.getPrivate().isDestroyed());
  }

  /** FIPS 203, Section 4.2.1: coefficients of 12 bits, the lower bits first. */
  private static byte[] withCoefficient(byte[] key, int index, int coefficient) {
    byte[] changed = key.clone();
    int at = index / 2 * 3;
    if (index % 2 == 0) {
      changed[at] = (byte) coefficient;
      changed[at + 1] = (byte) ((changed[at + 1] & 0xf0) | (coefficient >> 8));
    } else {
      changed[at + 1] = (byte) ((changed[at + 1] & 0x0f) | ((coefficient & 0x0f) << 4));
      changed[at + 2] = (byte) (coefficient >> 4);
    }
    return changed;
  }

  private static byte[] tail(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  private static PublicKey x25519(byte[] share) throws Exception {
    byte[] encoded = TestCrypto.hex("302a300506032b656e032100" + hex(share));
    return KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
