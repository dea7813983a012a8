/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.TlsException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The ciphers of one STEK, one for each format that is used, wiped with it. A sealing key is
 * HKDF-SHA-256 of the STEK's secret with the format's label. Not safe for threads: the STEK guards
 * it.
 */
final class SealingCiphers implements Secret.Derived {
  private final Map<SealingFormat, Xaes256Gcm> ciphers = new EnumMap<>(SealingFormat.class);

  /** Made at the first call, the same at every later one; null if the provider fails. */
  @Nullable Xaes256Gcm of(SealingFormat format, byte[] secret) {
    Xaes256Gcm cipher = ciphers.get(format);
    if (cipher == null) {
      cipher = make(format, secret);
      if (cipher != null) {
        ciphers.put(format, cipher);
      }
    }
    return cipher;
  }

  private static @Nullable Xaes256Gcm make(SealingFormat format, byte[] secret) {
    HKDFParameterSpec sealingKey =
        HKDFParameterSpec.ofExtract()
            .addIKM(new JdkAes.Key(secret))
            .thenExpand(format.label(), Xaes256Gcm.KEY_LENGTH);
    try {
      byte[] key = KDF.getInstance("HKDF-SHA256").deriveData(sealingKey);
      try {
        return Xaes256Gcm.of(key);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    } catch (GeneralSecurityException | TlsException _) {
      return null;
    }
  }

  @Override
  public void close() {
    ciphers.values().forEach(Xaes256Gcm::close);
  }
}
