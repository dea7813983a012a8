/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;

/** {@link Signature}s that know all of their scheme. */
final class SignatureInstances {
  private SignatureInstances() {}

  /** One of {@code provider}. */
  static Signature of(SignatureScheme scheme, Provider provider) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(name(scheme, provider), provider);
    parameterize(signature, scheme);
    return signature;
  }

  private static String name(SignatureScheme scheme, Provider provider) {
    // Conscrypt has RSASSA-PSS under other names only.
    String perHash = scheme.pssName();
    return perHash != null
            && provider.getService("Signature", scheme.jcaName()) == null
            && provider.getService("Signature", perHash) != null
        ? perHash
        : scheme.jcaName();
  }

  static void parameterize(Signature signature, SignatureScheme scheme)
      throws GeneralSecurityException {
    PSSParameterSpec parameters = scheme.parameters();
    if (parameters != null) {
      signature.setParameter(parameters);
    }
  }
}
