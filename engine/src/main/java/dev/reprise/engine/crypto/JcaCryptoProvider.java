/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.SecureRandom;
import java.util.List;

/** The {@link CryptoProvider} that stands on JCA. */
public final class JcaCryptoProvider {
  private JcaCryptoProvider() {}

  /** Everything from the JDK itself. */
  public static CryptoProvider create(SecureRandom random) {
    return create(random, JcaProviders.jdk());
  }

  /** Each primitive from the provider that {@code providers} names for it. */
  public static CryptoProvider create(SecureRandom random, JcaProviders providers) {
    JcaCurve x25519 = new X25519Curve(providers.x25519(), random);
    return new CryptoProvider(
        random,
        new JcaDigests(providers),
        new JcaAeadCiphers(providers),
        List.of(
            new JcaKeyExchange(x25519),
            primeCurve(PrimeCurve.SECP256R1, providers, random),
            primeCurve(PrimeCurve.SECP384R1, providers, random),
            new HybridKeyExchange(new MlKem768(providers.mlKem(), random), x25519)),
        new JcaSignatures(providers, random));
  }

  private static KeyExchange primeCurve(
      PrimeCurve curve, JcaProviders providers, SecureRandom random) {
    return new JcaKeyExchange(new JcaPrimeCurve(curve, providers.ellipticCurve(), random));
  }
}
