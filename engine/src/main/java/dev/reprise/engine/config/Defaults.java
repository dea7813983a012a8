/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.List;

/** Every default that is negotiated, in one file. */
public final class Defaults {
  public static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS13, ProtocolVersion.TLS12);

  /** AES-128 first: as strong as the groups below, and the fastest where there is AES hardware. */
  public static final List<CipherSuite> CIPHER_SUITES =
      List.of(
          CipherSuite.TLS_AES_128_GCM_SHA256,
          CipherSuite.TLS_AES_256_GCM_SHA384,
          CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
          CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
          CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256);

  public static final List<NamedGroup> GROUPS =
      List.of(
          NamedGroup.X25519MLKEM768, NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1);

  public static final List<SignatureScheme> SIGNATURE_SCHEMES =
      List.of(
          SignatureScheme.ECDSA_SECP256R1_SHA256,
          SignatureScheme.ED25519,
          SignatureScheme.ECDSA_SECP384R1_SHA384,
          SignatureScheme.RSA_PSS_RSAE_SHA256,
          SignatureScheme.RSA_PSS_RSAE_SHA384,
          SignatureScheme.RSA_PSS_RSAE_SHA512,
          SignatureScheme.RSA_PSS_PSS_SHA256,
          SignatureScheme.RSA_PSS_PSS_SHA384,
          SignatureScheme.RSA_PSS_PSS_SHA512,
          SignatureScheme.RSA_PKCS1_SHA256,
          SignatureScheme.RSA_PKCS1_SHA384,
          SignatureScheme.RSA_PKCS1_SHA512);

  /** How many certificates a peer's chain may have; public chains have two to four. */
  public static final int LONGEST_CHAIN = 16;

  private Defaults() {}
}
