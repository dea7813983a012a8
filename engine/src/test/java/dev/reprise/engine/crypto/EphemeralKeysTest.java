/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.SeededRandom;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import javax.security.auth.Destroyable;
import org.junit.jupiter.api.Test;

/**
 * RFC 8446, Section 7.1: "Once all the values which are to be derived from a given secret have been
 * computed, that secret SHOULD be erased."
 */
final class EphemeralKeysTest {
  private static final SecureRandom RANDOM = SeededRandom.of(1);

  @Test
  void aPrivateKeyOfConscryptsIsOverwrittenOnceItHasAgreed() throws TlsException {
    JcaCurve curve = new X25519Curve(Library.loaded(NativeLibrary.CONSCRYPT), RANDOM);
    KeyPair own = curve.generate();
    curve.agree(own.getPrivate(), peer(curve)).close();
    assertTrue(own.getPrivate().isDestroyed());
  }

  @Test
  void bothKeysOfCorrettosAreLetGoOnceTheyHaveAgreed() throws TlsException {
    Provider corretto = Library.loaded(NativeLibrary.CORRETTO);
    JcaCurve curve = new JcaPrimeCurve(PrimeCurve.SECP256R1, corretto, RANDOM);
    KeyPair own = curve.generate();
    PublicKey peer = peer(curve);
    curve.agree(own.getPrivate(), peer).close();
    assertTrue(own.getPrivate().isDestroyed());
    assertTrue(((Destroyable) peer).isDestroyed());
  }

  @Test
  void theJdksKeysCannotBeAndAgreeAllTheSame() throws TlsException {
    JcaCurve curve = new X25519Curve(JcaProviders.jdk().x25519(), RANDOM);
    for (int i = 0; i < 2; i++) {
      KeyPair own = curve.generate();
      curve.agree(own.getPrivate(), peer(curve)).close();
      assertFalse(own.getPrivate().isDestroyed());
    }
  }

  @Test
  void anOfferIsOverOnceItsPeerWasRefused() throws TlsException {
    JcaCurve curve = new X25519Curve(Library.loaded(NativeLibrary.CONSCRYPT), RANDOM);
    KeyShareOffer offer = new JcaKeyExchange(curve).offer();
    assertAlert(
        AlertDescription.ILLEGAL_PARAMETER, () -> offer.complete(offer.share().slice(0, 31)));
    offer.close();
    assertEquals(X25519Curve.SHARE_LENGTH, offer.share().length());
  }

  @Test
  void aKeyIsDestroyedOnceAndNoFurther() throws TlsException {
    Provider corretto = Library.loaded(NativeLibrary.CORRETTO);
    JcaCurve curve = new JcaPrimeCurve(PrimeCurve.SECP256R1, corretto, RANDOM);
    KeyPair own = curve.generate();
    curve.destroy(own.getPrivate());
    curve.destroy(own.getPrivate());
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> curve.agree(own.getPrivate(), peer(curve)));
  }

  private static PublicKey peer(JcaCurve curve) throws TlsException {
    return curve.key(curve.share(curve.generate().getPublic()));
  }
}
