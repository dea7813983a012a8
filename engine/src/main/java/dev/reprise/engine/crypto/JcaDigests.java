/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes and HMACs over JCA. HMACs that nobody uses are kept, under a key that everybody knows,
 * since making one takes as long as using it.
 */
final class JcaDigests implements Digests {
  private final JcaProviders providers;
  private final Map<HashAlgorithm, Pool<Mac>> idle = new EnumMap<>(HashAlgorithm.class);
  private final SecretKey noKey = new SecretKeySpec(new byte[32], "RAW");

  JcaDigests(JcaProviders providers) {
    this.providers = providers;
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      idle.put(algorithm, new Pool<>());
    }
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
    Mac kept = idle(algorithm).take();
    if (kept != null) {
      return kept;
    }
    try {
      return Mac.getInstance(algorithm.macName(), providers.hmac());
    } catch (GeneralSecurityException | RuntimeException e) {
      throw TlsException.internal("No provider for " + algorithm.macName(), e);
    }
  }

  @Override
  public void giveBack(HashAlgorithm algorithm, Mac hmac) {
    try {
      hmac.init(noKey);
      idle(algorithm).give(hmac);
    } catch (GeneralSecurityException | RuntimeException _) {
      // A provider's whim: the HMAC is left to the collector.
    }
  }

  private Pool<Mac> idle(HashAlgorithm algorithm) {
    return Objects.requireNonNull(idle.get(algorithm));
  }
}
