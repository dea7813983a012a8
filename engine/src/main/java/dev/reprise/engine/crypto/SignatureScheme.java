/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.ProtocolVersion;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8446, Section 4.2.3. The names of TLS 1.2's pairs of hash and signature (RFC 5246, Section
 * 7.4.1.4.1) that have the same code are these too.
 */
public enum SignatureScheme {
  ECDSA_SECP256R1_SHA256(0x0403, Kind.ECDSA, 256),
  ECDSA_SECP384R1_SHA384(0x0503, Kind.ECDSA, 384),
  ED25519(0x0807, Kind.ED25519, 512),
  RSA_PSS_RSAE_SHA256(0x0804, Kind.RSA_PSS_RSAE, 256),
  RSA_PSS_RSAE_SHA384(0x0805, Kind.RSA_PSS_RSAE, 384),
  RSA_PSS_RSAE_SHA512(0x0806, Kind.RSA_PSS_RSAE, 512),
  RSA_PSS_PSS_SHA256(0x0809, Kind.RSA_PSS_PSS, 256),
  RSA_PSS_PSS_SHA384(0x080a, Kind.RSA_PSS_PSS, 384),
  RSA_PSS_PSS_SHA512(0x080b, Kind.RSA_PSS_PSS, 512),
  RSA_PKCS1_SHA256(0x0401, Kind.RSA_PKCS1, 256),
  RSA_PKCS1_SHA384(0x0501, Kind.RSA_PKCS1, 384),
  RSA_PKCS1_SHA512(0x0601, Kind.RSA_PKCS1, 512);

  /** What a scheme asks of a key. */
  enum Kind {
    ECDSA,
    ED25519,
    RSA_PSS_RSAE,
    RSA_PSS_PSS,
    RSA_PKCS1
  }

  private static final SignatureScheme[] ALL = values();

  private final int code;
  private final Kind kind;
  private final int hashBits;
  private final String jcaName;
  private final String standardName;

  SignatureScheme(int code, Kind kind, int hashBits) {
    this.code = code;
    this.kind = kind;
    this.hashBits = hashBits;
    this.jcaName =
        switch (kind) {
          case ECDSA -> "SHA" + hashBits + "withECDSA";
          case ED25519 -> "Ed25519";
          case RSA_PSS_RSAE, RSA_PSS_PSS -> "RSASSA-PSS";
          case RSA_PKCS1 -> "SHA" + hashBits + "withRSA";
        };
    this.standardName = name().toLowerCase(Locale.ROOT);
  }

  public int code() {
    return code;
  }

  Kind kind() {
    return kind;
  }

  /** Of the hash, in bytes; a PSS salt is as long (RFC 8446, Section 4.2.3). */
  int hashLength() {
    return hashBits / 8;
  }

  /** The name under which {@link java.security.Signature} knows it. */
  public String jcaName() {
    return jcaName;
  }

  /** RSASSA-PSS under a name that has the hash, as some providers do; null for the other kinds. */
  @Nullable String pssName() {
    return switch (kind) {
      case ECDSA, ED25519, RSA_PKCS1 -> null;
      case RSA_PSS_RSAE, RSA_PSS_PSS -> "SHA" + hashBits + "withRSA/PSS";
    };
  }

  /** What {@link java.security.Signature} must be told besides the name, if anything. */
  public @Nullable PSSParameterSpec parameters() {
    return switch (kind) {
      case ECDSA, ED25519, RSA_PKCS1 -> null;
      case RSA_PSS_RSAE, RSA_PSS_PSS ->
          new PSSParameterSpec(
              "SHA-" + hashBits,
              "MGF1",
              new MGF1ParameterSpec("SHA-" + hashBits),
              hashLength(),
              PSSParameterSpec.TRAILER_FIELD_BC);
    };
  }

  /** The name as the RFC writes it, for example {@code ecdsa_secp256r1_sha256}. */
  public String standardName() {
    return standardName;
  }

  /** What a TLS 1.2 suite must say for this scheme to sign in it. */
  public Authentication authentication() {
    return switch (kind) {
      case ECDSA, ED25519 -> Authentication.ECDSA;
      case RSA_PSS_RSAE, RSA_PSS_PSS, RSA_PKCS1 -> Authentication.RSA;
    };
  }

  /**
   * Whether {@code key} may sign a handshake of {@code version} by this scheme: it is of the right
   * kind and size, in TLS 1.3 on the curve that the name says, and PKCS#1 is for TLS 1.2 only.
   */
  public boolean usableWith(PublicKey key, ProtocolVersion version) {
    return switch (version) {
      case TLS12 -> SignatureKeys.fits(this, key);
      case TLS13 ->
          kind != Kind.RSA_PKCS1
              && SignatureKeys.fits(this, key)
              && SignatureKeys.isOnNamedCurve(this, key);
    };
  }

  public static @Nullable SignatureScheme of(int code) {
    for (SignatureScheme scheme : ALL) {
      if (scheme.code == code) {
        return scheme;
      }
    }
    return null;
  }
}
