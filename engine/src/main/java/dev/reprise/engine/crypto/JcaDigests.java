/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** Hashes and HMACs over JCA. */
final class JcaDigests implements Digests {
  private final JcaProviders providers;

  JcaDigests(JcaProviders providers) {
    this.providers = providers;
  }

  @Override
  public MessageDigest digest(HashAlgorithm algorithm) throws TlsException {
    try {
      return MessageDigest.getInstance(algorithm.digestName(), providers.digest());
    } catch (GeneralSecurityException | RuntimeException e) {
      throw TlsException.internal("No provider for " + algorithm.digestName(), e);
    }
  }

  @Override
  public Mac hmac(HashAlgorithm algorithm) throws TlsException {
    try {
      return Mac.getInstance(algorithm.macName(), providers.hmac());
    } catch (GeneralSecurityException | RuntimeException e) {
      throw TlsException.internal("No provider for " + algorithm.macName(), e);
    }
  }
}
