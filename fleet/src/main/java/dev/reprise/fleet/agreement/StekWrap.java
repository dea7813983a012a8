/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.SecretKeyBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A ticket key for one node: sealed under a key that only the node's own pair yields, as long as it
 * lives, and only with the fleet key. Broken only if X25519, ML-KEM-768 and the fleet key are.
 *
 * <pre>
 * struct {
 *     uint8  version = 1;
 *     opaque ephemeral[44];     // X25519, SubjectPublicKeyInfo
 *     opaque ciphertext[1088];  // ML-KEM-768
 *     opaque sealed[48];        // AES-256-GCM
 * } Wrap;
 *
 * key ‖ nonce = HKDF-SHA256(salt: the fleet key's part, secret: ML-KEM ‖ X25519,
 *                           info: context ‖ ephemeral ‖ ciphertext, 32 + 12)
 * context     = label, fleet, Key (see KeyRecord), recipient     // also the additional data
 * </pre>
 */
final class StekWrap {
  private static final int VERSION = 1;
  private static final int CIPHERTEXT_LENGTH = 1088;
  private static final int TAG_LENGTH = 16;
  private static final int SEALED_LENGTH = Stek.SECRET_LENGTH + TAG_LENGTH;
  private static final int KEY_LENGTH = 32;
  private static final int NONCE_LENGTH = 12;
  private static final byte[] LABEL = "reprise stek wrap 1".getBytes(StandardCharsets.US_ASCII);

  record Parts(Opaque ephemeral, Opaque ciphertext, Opaque sealed) {}

  private StekWrap() {}

  /** Wraps {@code secret}, which stays the caller's, for the pair called {@code recipient}. */
  static byte[] wrap(
      String fleet,
      FleetKey key,
      KeyRecord record,
      Announcement recipient,
      Secret secret,
      SecureRandom random)
      throws GeneralSecurityException {
    KEM.Encapsulated encapsulated =
        KEM.getInstance("ML-KEM")
            .newEncapsulator(publicKey("ML-KEM", recipient.mlKem768()), random)
            .encapsulate();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
    generator.initialize(255, random);
    KeyPair pair = generator.generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(pair.getPrivate());
    agreement.doPhase(publicKey("X25519", recipient.x25519()), true);
    byte[] lattice = encapsulated.key().getEncoded();
    byte[] curve = agreement.generateSecret();
    try {
      Opaque ephemeral = Opaque.takeOver(pair.getPublic().getEncoded());
      Opaque ciphertext = Opaque.takeOver(encapsulated.encapsulation());
      byte[] context = context(fleet, record, recipient.id());
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key, context, ephemeral, ciphertext, lattice, curve)
              .doFinal(secret.reveal());
      TlsWriter out = new TlsWriter();
      out.uint8(VERSION).opaque(ephemeral).opaque(ciphertext).bytes(sealed);
      return out.toArray();
    } finally {
      Arrays.fill(lattice, (byte) 0);
      Arrays.fill(curve, (byte) 0);
    }
  }

  /** The parts of a wrap, or null if it is none. */
  static @Nullable Parts read(byte[] wrap) {
    try {
      TlsReader in = TlsReader.of(Opaque.takeOver(wrap));
      Records.version(in, VERSION);
      Parts parts =
          new Parts(
              in.opaque(Announcement.X25519_LENGTH, "ephemeral"),
              in.opaque(CIPHERTEXT_LENGTH, "ciphertext"),
              in.opaque(SEALED_LENGTH, "sealed"));
      in.end("wrap");
      return parts;
    } catch (DecodeException _) {
      return null;
    }
  }

  /** The secret inside. Fails if the wrap is not authentic. */
  static Secret open(
      String fleet,
      FleetKey key,
      KeyRecord record,
      Opaque recipient,
      Parts parts,
      byte[] lattice,
      byte[] curve)
      throws GeneralSecurityException {
    byte[] context = context(fleet, record, recipient);
    Cipher cipher =
        cipher(
            Cipher.DECRYPT_MODE,
            key,
            context,
            parts.ephemeral(),
            parts.ciphertext(),
            lattice,
            curve);
    return Secret.takeOver(cipher.doFinal(parts.sealed().toArray()));
  }

  static PublicKey publicKey(String algorithm, Opaque encoded) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm)
        .generatePublic(new X509EncodedKeySpec(encoded.toArray()));
  }

  private static Cipher cipher(
      int mode,
      FleetKey key,
      byte[] context,
      Opaque ephemeral,
      Opaque ciphertext,
      byte[] lattice,
      byte[] curve)
      throws GeneralSecurityException {
    byte[] info = new TlsWriter().bytes(context).opaque(ephemeral).opaque(ciphertext).toArray();
    HKDFParameterSpec derivation =
        HKDFParameterSpec.ofExtract()
            .addSalt(new SecretKeyBytes(key.wrapping().reveal()))
            .addIKM(new SecretKeyBytes(lattice))
            .addIKM(new SecretKeyBytes(curve))
            .thenExpand(info, KEY_LENGTH + NONCE_LENGTH);
    byte[] derived = KDF.getInstance("HKDF-SHA256").deriveData(derivation);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(derived, 0, KEY_LENGTH, "AES"),
          new GCMParameterSpec(8 * TAG_LENGTH, derived, KEY_LENGTH, NONCE_LENGTH));
      cipher.updateAAD(context);
      return cipher;
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  private static byte[] context(String fleet, KeyRecord record, Opaque recipient) {
    TlsWriter context = new TlsWriter();
    context.bytes(LABEL);
    context.opaque8(Opaque.takeOver(fleet.getBytes(StandardCharsets.US_ASCII)));
    return context.opaque(record.write()).opaque(recipient).toArray();
  }
}
