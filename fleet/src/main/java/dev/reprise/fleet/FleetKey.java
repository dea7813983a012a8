/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What makes a node one of the fleet: 32 bytes that all of them have in a file. Whoever has it can
 * join; but nothing is encrypted with it alone, so it opens nothing that was stored.
 *
 * @param authentication of what nodes write, by HMAC-SHA256
 * @param wrapping goes into the key that a ticket key is wrapped with, beside what only its
 *     recipient knows
 */
public record FleetKey(Secret authentication, Secret wrapping) implements AutoCloseable {
  /** Bytes of what is in the file. */
  public static final int LENGTH = 32;

  /** Bytes of an authentication tag. */
  public static final int TAG_LENGTH = 32;

  private static final byte[] AUTHENTICATION = ascii("reprise fleet 1 authentication");
  private static final byte[] WRAPPING = ascii("reprise fleet 1 wrapping");

  /** Of the bytes in a file, which stay the caller's to wipe. */
  static FleetKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("A fleet key has 32 bytes, not " + bytes.length);
    }
    return new FleetKey(derive(bytes, AUTHENTICATION), derive(bytes, WRAPPING));
  }

  /** The tag of {@code message}. */
  public byte[] tag(byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeyBytes(authentication.reveal()));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no HMAC-SHA256", e);
    }
  }

  /** Whether {@code tag} is that of {@code message}; in constant time. */
  public boolean isTagOf(byte[] message, Opaque tag) {
    return MessageDigest.isEqual(tag(message), tag.toArray());
  }

  /** Whether both are the same key; in constant time. */
  boolean sameAs(FleetKey other) {
    return authentication.sameAs(other.authentication);
  }

  @Override
  public void close() {
    authentication.close();
    wrapping.close();
  }

  @Override
  public String toString() {
    return "FleetKey";
  }

  private static Secret derive(byte[] bytes, byte[] label) {
    HKDFParameterSpec parameters =
        HKDFParameterSpec.ofExtract().addIKM(new SecretKeyBytes(bytes)).thenExpand(label, LENGTH);
    try {
      return Secret.takeOver(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no HKDF-SHA256", e);
    }
  }

  private static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
