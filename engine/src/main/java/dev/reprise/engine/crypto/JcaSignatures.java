/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Signatures over JCA. */
final class JcaSignatures implements Signatures {
  private static final int ED25519_LENGTH = 64;

  private final JcaProviders providers;
  private final SecureRandom random;
  private final OwnKeys ownKeys = new OwnKeys();

  JcaSignatures(JcaProviders providers, SecureRandom random) {
    this.providers = providers;
    this.random = random;
  }

  @Override
  public Opaque sign(SignatureScheme scheme, PrivateKey key, byte[] content) throws TlsException {
    if (!SignatureKeys.isOfKind(scheme, key)) {
      throw TlsException.internal(mismatch(scheme, key.getAlgorithm()), null);
    }
    try {
      Signature signature = signing(scheme, key);
      signature.update(content);
      return Opaque.takeOver(signature.sign());
    } catch (Throwable e) {
      throw TlsException.internal("The key does not sign by " + scheme.standardName(), e);
    }
  }

  @Override
  public void verify(SignatureScheme scheme, PublicKey key, byte[] content, Opaque signature)
      throws TlsException {
    if (!SignatureKeys.fits(scheme, key)) {
      throw wrong(mismatch(scheme, key.getAlgorithm()));
    }
    if (!isWellFormed(scheme, key, signature) || !isBy(scheme, key, content, signature)) {
      throw wrong("The peer's signature by " + scheme.standardName() + " is wrong");
    }
  }

  private boolean isBy(SignatureScheme scheme, PublicKey key, byte[] content, Opaque signature)
      throws TlsException {
    Signature verifier;
    try {
      verifier = verifying(scheme, key);
    } catch (Throwable e) {
      throw TlsException.internal("The key does not verify " + scheme.standardName(), e);
    }
    try {
      verifier.update(content);
      return verifier.verify(signature.array(), signature.offset(), signature.length());
    } catch (GeneralSecurityException | RuntimeException _) {
      // Providers throw at signatures that are wrong in an interesting way.
      return false;
    } catch (Throwable e) {
      throw TlsException.internal("The provider of " + scheme.standardName() + " failed", e);
    }
  }

  private Signature signing(SignatureScheme scheme, PrivateKey key)
      throws GeneralSecurityException {
    Provider provider = provider(scheme);
    Signature signature = SignatureInstances.of(scheme, provider);
    try {
      signature.initSign(ownKeys.of(key, provider), random);
      return signature;
    } catch (InvalidKeyException | RuntimeException _) {
      // A key that never leaves its token: whichever registered provider it belongs to.
      Signature elsewhere = Signature.getInstance(scheme.jcaName());
      elsewhere.initSign(key, random);
      SignatureInstances.parameterize(elsewhere, scheme);
      return elsewhere;
    }
  }

  private Signature verifying(SignatureScheme scheme, PublicKey key)
      throws GeneralSecurityException {
    Signature signature = SignatureInstances.of(scheme, provider(scheme));
    try {
      signature.initVerify(key);
      return signature;
    } catch (InvalidKeyException | RuntimeException _) {
      // Of RSASSA-PSS keys, for one, native providers know nothing.
      Signature elsewhere = Signature.getInstance(scheme.jcaName());
      elsewhere.initVerify(key);
      SignatureInstances.parameterize(elsewhere, scheme);
      return elsewhere;
    }
  }

  private Provider provider(SignatureScheme scheme) {
    return switch (scheme.kind()) {
      case ECDSA -> providers.ecdsa();
      case ED25519 -> providers.ed25519();
      case RSA_PSS_RSAE, RSA_PSS_PSS, RSA_PKCS1 -> providers.rsa();
    };
  }

  private static boolean isWellFormed(SignatureScheme scheme, PublicKey key, Opaque signature) {
    return switch (key) {
      case ECPublicKey ec -> EcdsaSignature.isWellFormed(signature, ec.getParams().getOrder());
      case RSAPublicKey rsa -> signature.length() == (rsa.getModulus().bitLength() + 7) / 8;
      default -> scheme != SignatureScheme.ED25519 || signature.length() == ED25519_LENGTH;
    };
  }

  private static String mismatch(SignatureScheme scheme, String algorithm) {
    return "The key is for " + algorithm + ", not for " + scheme.standardName();
  }

  private static TlsException wrong(String sentence) {
    return TlsException.misbehaved(AlertDescription.DECRYPT_ERROR, sentence);
  }
}
