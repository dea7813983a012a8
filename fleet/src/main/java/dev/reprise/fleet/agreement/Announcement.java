/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The public half of a node's key pair: what ticket keys are wrapped to. It stands in Redis under
 * its {@link #id}.
 *
 * <pre>
 * struct {
 *     uint8  version = 1;
 *     opaque x25519[44];       // SubjectPublicKeyInfo, RFC 8410
 *     opaque ml_kem_768[1206]; // SubjectPublicKeyInfo, RFC 9935
 * } Announcement;
 * </pre>
 */
public record Announcement(Opaque x25519, Opaque mlKem768) {
  static final int X25519_LENGTH = 44;
  static final int ML_KEM_768_LENGTH = 1206;

  private static final int VERSION = 1;

  public Announcement {
    if (x25519.length() != X25519_LENGTH || mlKem768.length() != ML_KEM_768_LENGTH) {
      throw new IllegalArgumentException("Public keys of other lengths");
    }
  }

  Opaque write() {
    return new TlsWriter(1 + X25519_LENGTH + ML_KEM_768_LENGTH)
        .uint8(VERSION)
        .opaque(x25519)
        .opaque(mlKem768)
        .toOpaque();
  }

  static Announcement read(TlsReader in) throws DecodeException {
    Records.version(in, VERSION);
    return new Announcement(
        in.opaque(X25519_LENGTH, "x25519"), in.opaque(ML_KEM_768_LENGTH, "ml_kem_768"));
  }

  /** What the pair is called: the first 16 bytes of SHA-256 over both keys. */
  Opaque id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(x25519.toArray());
      return Opaque.takeOver(Arrays.copyOf(digest.digest(mlKem768.toArray()), Records.ID_LENGTH));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no SHA-256", e);
    }
  }
}
