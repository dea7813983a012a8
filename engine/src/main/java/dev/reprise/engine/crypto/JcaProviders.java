/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;

/**
 * Which JCA provider each primitive is taken from. All parts of one primitive (key factory,
 * generator, agreement) come from one provider, and none needs to be registered with the JDK:
 * registering some of them changes what every other user of JCA in the process gets.
 *
 * @param directAesGcm beside {@code aesGcm}, for records for which it is quicker to work in direct
 *     memory with a key that is expanded each time; null if all records are for {@code aesGcm}. It
 *     may keep the array that a key's {@code getEncoded} gives, and must not write to it: Conscrypt
 *     is so, the JDK's and Corretto's are not
 */
public record JcaProviders(
    Provider digest,
    Provider hmac,
    Provider aesGcm,
    Provider chaCha20Poly1305,
    Provider x25519,
    Provider ellipticCurve,
    Provider mlKem,
    Provider ecdsa,
    Provider ed25519,
    Provider rsa,
    @Nullable Provider directAesGcm) {

  /** Without a provider for direct memory. */
  public JcaProviders(
      Provider digest,
      Provider hmac,
      Provider aesGcm,
      Provider chaCha20Poly1305,
      Provider x25519,
      Provider ellipticCurve,
      Provider mlKem,
      Provider ecdsa,
      Provider ed25519,
      Provider rsa) {
    this(
        digest,
        hmac,
        aesGcm,
        chaCha20Poly1305,
        x25519,
        ellipticCurve,
        mlKem,
        ecdsa,
        ed25519,
        rsa,
        null);
  }

  /**
   * The JDK's own for everything. Where one of them was taken out of the process, the first
   * registered provider that offers the primitive stands in for it.
   *
   * @throws IllegalStateException if a primitive has no provider at all
   */
  public static JcaProviders jdk() {
    return new JcaProviders(
        provider("SUN", "MessageDigest.SHA-256"),
        provider("SunJCE", "Mac.HmacSHA256"),
        provider("SunJCE", "Cipher.AES/GCM/NoPadding"),
        provider("SunJCE", "Cipher.ChaCha20-Poly1305"),
        provider("SunEC", "KeyAgreement.X25519"),
        provider("SunEC", "KeyAgreement.ECDH"),
        provider("SunJCE", "KEM.ML-KEM-768"),
        provider("SunEC", "Signature.SHA256withECDSA"),
        provider("SunEC", "Signature.Ed25519"),
        provider("SunRsaSign", "Signature.RSASSA-PSS"));
  }

  private static Provider provider(String jdkName, String service) {
    Provider jdk = Security.getProvider(jdkName);
    if (jdk != null) {
      return jdk;
    }
    Provider[] others = Security.getProviders(service);
    if (others == null || others.length == 0) {
      throw new IllegalStateException("No security provider offers " + service);
    }
    return others[0];
  }
}
