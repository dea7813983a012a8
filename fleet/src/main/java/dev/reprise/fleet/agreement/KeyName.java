/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.SecretKeyBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What a ticket key is called: {@code HKDF-SHA256(secret, "reprise ticket key 1 name", 16)}. Two
 * keys of one name, of which nodes would each believe that it is the other's, cannot be then, and a
 * node that was given a wrong secret notices.
 */
final class KeyName {
  private static final byte[] LABEL =
      "reprise ticket key 1 name".getBytes(StandardCharsets.US_ASCII);

  private KeyName() {}

  static Opaque of(Secret secret) {
    HKDFParameterSpec parameters =
        HKDFParameterSpec.ofExtract()
            .addIKM(new SecretKeyBytes(secret.reveal()))
            .thenExpand(LABEL, Stek.NAME_LENGTH);
    try {
      return Opaque.takeOver(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no HKDF-SHA256", e);
    }
  }
}
