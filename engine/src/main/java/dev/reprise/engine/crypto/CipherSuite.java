/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** The suites that exist here: forward secret and AEAD only. */
public enum CipherSuite {
  TLS_AES_128_GCM_SHA256(0x1301, AeadAlgorithm.AES_128_GCM, HashAlgorithm.SHA256, null),
  TLS_AES_256_GCM_SHA384(0x1302, AeadAlgorithm.AES_256_GCM, HashAlgorithm.SHA384, null),
  TLS_CHACHA20_POLY1305_SHA256(0x1303, AeadAlgorithm.CHACHA20_POLY1305, HashAlgorithm.SHA256, null),
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(
      0xc02b, AeadAlgorithm.AES_128_GCM, HashAlgorithm.SHA256, Authentication.ECDSA),
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(
      0xc02c, AeadAlgorithm.AES_256_GCM, HashAlgorithm.SHA384, Authentication.ECDSA),
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(
      0xc02f, AeadAlgorithm.AES_128_GCM, HashAlgorithm.SHA256, Authentication.RSA),
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(
      0xc030, AeadAlgorithm.AES_256_GCM, HashAlgorithm.SHA384, Authentication.RSA),
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(
      0xcca8, AeadAlgorithm.CHACHA20_POLY1305, HashAlgorithm.SHA256, Authentication.RSA),
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(
      0xcca9, AeadAlgorithm.CHACHA20_POLY1305, HashAlgorithm.SHA256, Authentication.ECDSA);

  private static final CipherSuite[] ALL = values();

  private final int code;
  private final AeadAlgorithm aead;
  private final HashAlgorithm hash;
  private final @Nullable Authentication authentication;

  CipherSuite(
      int code, AeadAlgorithm aead, HashAlgorithm hash, @Nullable Authentication authentication) {
    this.code = code;
    this.aead = aead;
    this.hash = hash;
    this.authentication = authentication;
  }

  public int code() {
    return code;
  }

  /** The one version that the suite belongs to. */
  public ProtocolVersion version() {
    return authentication == null ? ProtocolVersion.TLS13 : ProtocolVersion.TLS12;
  }

  public AeadAlgorithm aead() {
    return aead;
  }

  /** The hash of the key derivation and of the transcript. */
  public HashAlgorithm hash() {
    return hash;
  }

  /** Null in TLS 1.3, whose suites say nothing about certificates. */
  public @Nullable Authentication authentication() {
    return authentication;
  }

  /** The IANA name, which is also the one JSSE uses. */
  public String standardName() {
    return name();
  }

  public static @Nullable CipherSuite of(int code) {
    for (CipherSuite suite : ALL) {
      if (suite.code == code) {
        return suite;
      }
    }
    return null;
  }
}
