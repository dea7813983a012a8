/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import javax.crypto.KeyAgreement;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/** Diffie-Hellman on one curve over JCA. Its subclasses know what a share looks like. */
abstract class JcaCurve {
  private final NamedGroup group;
  private final Provider provider;
  private final SecureRandom random;

  /** Keys that cannot be destroyed, as the JDK's, say so by an exception: they are asked once. */
  private volatile boolean destroysKeys = true;

  JcaCurve(NamedGroup group, Provider provider, SecureRandom random) {
    this.group = group;
    this.provider = provider;
    this.random = random;
  }

  final NamedGroup group() {
    return group;
  }

  final Provider provider() {
    return provider;
  }

  abstract String generatorName();

  abstract String agreementName();

  abstract void initialize(KeyPairGenerator generator, SecureRandom random)
      throws GeneralSecurityException;

  abstract int secretLength();

  /** The share that announces {@code key}. */
  abstract Opaque share(PublicKey key) throws TlsException;

  /** The key in the peer's share, which was found to be one of this curve. */
  abstract PublicKey key(Opaque peerShare) throws TlsException;

  /** Refuses a secret that a peer can force on us; the points of most curves force none. */
  void check(byte[] secret) throws TlsException {}

  final KeyPair generate() throws TlsException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(generatorName(), provider);
      initialize(generator, random);
      return generator.generateKeyPair();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** What both keys come to, which are of no use afterwards. */
  final Secret agree(PrivateKey own, PublicKey peer) throws TlsException {
    try {
      return checked(secret(own, peer));
    } finally {
      destroy(own);
      destroy(peer);
    }
  }

  /** Overwrites a key as far as its provider can, or lets go of its native memory. */
  final void destroy(Key key) {
    if (destroysKeys && key instanceof Destroyable destroyable && !destroyable.isDestroyed()) {
      try {
        destroyable.destroy();
      } catch (DestroyFailedException | RuntimeException _) {
        destroysKeys = false;
      }
    }
  }

  private byte[] secret(PrivateKey own, PublicKey peer) throws TlsException {
    KeyAgreement agreement = agreement(own);
    try {
      agreement.doPhase(peer, true);
      return agreement.generateSecret();
    } catch (InvalidKeyException e) {
      throw refused("is refused by the provider", e);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A peer's share that is none: {@code illegal_parameter}. */
  final TlsException refused(String why) {
    return refused(why, null);
  }

  private TlsException refused(String why, @Nullable Exception cause) {
    String sentence = "The peer's " + group.standardName() + " share " + why;
    return new TlsException(
        new TlsFailure.PeerMisbehaved(AlertDescription.ILLEGAL_PARAMETER, sentence), cause);
  }

  final TlsException failed(Throwable cause) {
    return TlsException.internal("The provider of " + group.standardName() + " failed", cause);
  }

  /** The last {@code length} bytes of a SubjectPublicKeyInfo, where its key lies. */
  final Opaque tail(PublicKey key, int length) throws TlsException {
    byte[] encoded = key.getEncoded();
    if (encoded == null || encoded.length < length) {
      throw TlsException.internal("The provider's " + group.standardName() + " key is odd", null);
    }
    return Opaque.takeOver(encoded, encoded.length - length, length);
  }

  private KeyAgreement agreement(PrivateKey own) throws TlsException {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance(agreementName(), provider);
      agreement.init(own);
      return agreement;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private Secret checked(byte[] secret) throws TlsException {
    if (secret.length != secretLength()) {
      throw TlsException.internal("A " + group.standardName() + " secret of odd length", null);
    }
    check(secret);
    return Secret.takeOver(secret);
  }
}
