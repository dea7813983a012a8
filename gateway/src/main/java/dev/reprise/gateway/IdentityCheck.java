/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.jsse.ServerIdentity;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;

/** Finds at start what would else fail every handshake. */
final class IdentityCheck {
  /** RFC 9325, Section 4.5: 2048 bits at least. */
  private static final int SHORTEST_RSA_KEY = 2048;

  private static final List<Integer> CURVE_SIZES = List.of(256, 384);

  private IdentityCheck() {}

  static void check(ServerIdentity identity, Path certificates, Path key)
      throws ConfigurationException {
    refuseUnservable(identity.key(), key);
    if (!belongTogether(identity.key(), identity.chain().getFirst().getPublicKey())) {
      throw new ConfigurationException(
          "The key in "
              + key
              + " is not that of the first certificate in "
              + certificates
              + "; pair each certificate with its own key, the server's certificate first");
    }
    refuseDisorder(identity.chain(), certificates);
  }

  private static void refuseUnservable(PrivateKey key, Path path) throws ConfigurationException {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA_KEY) {
      throw new ConfigurationException(
          path
              + " holds an RSA key of "
              + rsa.getModulus().bitLength()
              + " bits; use at least "
              + SHORTEST_RSA_KEY
              + ", or an EC key");
    }
    if (key instanceof ECKey ec && !CURVE_SIZES.contains(ec.getParams().getOrder().bitLength())) {
      throw new ConfigurationException(
          path + " holds an EC key of another curve than P-256 and P-384; use one of these");
    }
  }

  /** RFC 8446, Section 4.4.2: each certificate should certify the one before it. */
  private static void refuseDisorder(List<X509Certificate> chain, Path path)
      throws ConfigurationException {
    for (int i = 1; i < chain.size(); i++) {
      if (!chain
          .get(i - 1)
          .getIssuerX500Principal()
          .equals(chain.get(i).getSubjectX500Principal())) {
        throw new ConfigurationException(
            path
                + ": certificate "
                + (i + 1)
                + " is not the issuer of certificate "
                + i
                + "; put the server's certificate first and each issuer right after what it"
                + " issued");
      }
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified) {
    try {
      byte[] probe =
          "reprise: does the key belong to the certificate?"
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      Signature signing = signature(key.getAlgorithm());
      signing.initSign(key);
      signing.update(probe);
      byte[] signed = signing.sign();
      Signature verifying = signature(key.getAlgorithm());
      verifying.initVerify(certified);
      verifying.update(probe);
      return verifying.verify(signed);
    } catch (GeneralSecurityException | RuntimeException _) {
      // Another kind of key, or another size: then they are not a pair.
      return false;
    }
  }

  private static Signature signature(String keyAlgorithm) throws GeneralSecurityException {
    return switch (keyAlgorithm) {
      case "RSA" -> Signature.getInstance("SHA256withRSA");
      case "EC" -> Signature.getInstance("SHA256withECDSA");
      case "RSASSA-PSS" -> pss();
      default -> Signature.getInstance("Ed25519");
    };
  }

  private static Signature pss() throws GeneralSecurityException {
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC));
    return signature;
  }
}
