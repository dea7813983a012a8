/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What every node makes of a key of a file, alike: HKDF-SHA-256 (RFC 5869) without salt over the
 * halves, the smaller one first, so that a file whose halves were exchanged gives the same.
 *
 * <pre>
 * secret = HKDF(halves, "reprise ticket key file 1 secret", 32)
 * name   = HKDF(halves, "reprise ticket key file 1 name" || name in the file, 16)
 * </pre>
 *
 * <p>The name in the file is not used as it is: it need not be random, and a ticket of the file's
 * own server would look like one of ours that was tampered with.
 */
record DerivedKey(Opaque name, Secret secret) implements AutoCloseable {
  private static final byte[] SECRET_LABEL = ascii("reprise ticket key file 1 secret");
  private static final byte[] NAME_LABEL = ascii("reprise ticket key file 1 name");

  static DerivedKey of(FileKey key) {
    byte[] halves = sortedHalves(key);
    try {
      byte[] nameInfo = Arrays.copyOf(NAME_LABEL, NAME_LABEL.length + key.name().length());
      key.name().copyTo(nameInfo, NAME_LABEL.length);
      return new DerivedKey(
          Opaque.takeOver(derive(halves, nameInfo, Stek.NAME_LENGTH)),
          Secret.takeOver(derive(halves, SECRET_LABEL, Stek.SECRET_LENGTH)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK's provider has no HKDF-SHA256", e);
    } finally {
      Arrays.fill(halves, (byte) 0);
    }
  }

  private static byte[] sortedHalves(FileKey key) {
    byte[] one = key.aes().reveal();
    byte[] other = key.hmac().reveal();
    boolean inOrder = Arrays.compareUnsigned(one, other) <= 0;
    byte[] smaller = inOrder ? one : other;
    byte[] larger = inOrder ? other : one;
    byte[] sorted = Arrays.copyOf(smaller, smaller.length + larger.length);
    System.arraycopy(larger, 0, sorted, smaller.length, larger.length);
    return sorted;
  }

  private static byte[] derive(byte[] input, byte[] info, int length)
      throws GeneralSecurityException {
    HKDFParameterSpec parameters =
        HKDFParameterSpec.ofExtract().addIKM(new SecretInput(input)).thenExpand(info, length);
    return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
  }

  private static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    secret.close();
  }
}
