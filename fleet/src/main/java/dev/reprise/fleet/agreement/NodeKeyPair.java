/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.security.auth.DestroyFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A node's own keys, in memory only: what is wrapped for them can be opened as long as they live,
 * and by nobody afterwards, whatever was copied of Redis.
 */
final class NodeKeyPair implements AutoCloseable {
  private final Announcement announcement;
  private final Opaque id;
  private final PrivateKey x25519;
  private final PrivateKey mlKem768;

  private NodeKeyPair(KeyPair x25519, KeyPair mlKem768) {
    announcement =
        new Announcement(
            Opaque.takeOver(x25519.getPublic().getEncoded()),
            Opaque.takeOver(mlKem768.getPublic().getEncoded()));
    id = announcement.id();
    this.x25519 = x25519.getPrivate();
    this.mlKem768 = mlKem768.getPrivate();
  }

  static NodeKeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator curve = KeyPairGenerator.getInstance("X25519");
      curve.initialize(255, random);
      KeyPairGenerator lattice = KeyPairGenerator.getInstance("ML-KEM-768");
      lattice.initialize(java.security.spec.NamedParameterSpec.ML_KEM_768, random);
      return new NodeKeyPair(curve.generateKeyPair(), lattice.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no X25519 or no ML-KEM-768", e);
    }
  }

  Announcement announcement() {
    return announcement;
  }

  /** What the pair is called. */
  Opaque id() {
    return id;
  }

  /** The secret of the key {@code record}, or null if this was not wrapped for this pair. */
  @Nullable Secret open(String fleet, FleetKey key, KeyRecord record, byte[] wrap) {
    StekWrap.Parts parts = StekWrap.read(wrap);
    if (parts == null) {
      return null;
    }
    byte @Nullable [] lattice = null;
    byte @Nullable [] curve = null;
    try {
      lattice =
          KEM.getInstance("ML-KEM")
              .newDecapsulator(mlKem768)
              .decapsulate(parts.ciphertext().toArray())
              .getEncoded();
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(x25519);
      agreement.doPhase(StekWrap.publicKey("X25519", parts.ephemeral()), true);
      curve = agreement.generateSecret();
      return StekWrap.open(fleet, key, record, id, parts, lattice, curve);
    } catch (GeneralSecurityException | RuntimeException _) {
      return null;
    } finally {
      wipe(lattice);
      wipe(curve);
    }
  }

  private static void wipe(byte @Nullable [] secret) {
    if (secret != null) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public void close() {
    destroy(x25519);
    destroy(mlKem768);
  }

  private static void destroy(PrivateKey key) {
    try {
      key.destroy();
    } catch (DestroyFailedException _) {
      // Its class keeps no promise; it is forgotten with this object.
    }
  }
}
