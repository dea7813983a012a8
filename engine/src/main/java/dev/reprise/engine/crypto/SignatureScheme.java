/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.ProtocolVersion;
import java.security.PublicKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8446, Section 4.2.3, in the order of preference. The names of TLS 1.2's pairs of hash and
 * signature (RFC 5246, Section 7.4.1.4.1) that have the same code are these too.
 */
public enum SignatureScheme {
  ECDSA_SECP256R1_SHA256(0x0403, "SHA256withECDSA"),
  ECDSA_SECP384R1_SHA384(0x0503, "SHA384withECDSA"),
  ED25519(0x0807, "Ed25519"),
  RSA_PSS_RSAE_SHA256(0x0804, "RSASSA-PSS"),
  RSA_PSS_RSAE_SHA384(0x0805, "RSASSA-PSS"),
  RSA_PSS_RSAE_SHA512(0x0806, "RSASSA-PSS"),
  RSA_PSS_PSS_SHA256(0x0809, "RSASSA-PSS"),
  RSA_PSS_PSS_SHA384(0x080a, "RSASSA-PSS"),
  RSA_PSS_PSS_SHA512(0x080b, "RSASSA-PSS"),
  RSA_PKCS1_SHA256(0x0401, "SHA256withRSA"),
  RSA_PKCS1_SHA384(0x0501, "SHA384withRSA"),
  RSA_PKCS1_SHA512(0x0601, "SHA512withRSA");

  private static final SignatureScheme[] ALL = values();

  private final int code;
  private final String jcaName;

  SignatureScheme(int code, String jcaName) {
    this.code = code;
    this.jcaName = jcaName;
  }

  public int code() {
    return code;
  }

  /** The name under which {@link java.security.Signature} knows it. */
  public String jcaName() {
    return jcaName;
  }

  /** The name as the RFC writes it, for example {@code ecdsa_secp256r1_sha256}. */
  public String standardName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether {@code key} may sign by this scheme in a handshake of {@code version}. */
  public boolean usableWith(PublicKey key, ProtocolVersion version) {
    throw new UnsupportedOperationException(key.getAlgorithm() + version);
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
