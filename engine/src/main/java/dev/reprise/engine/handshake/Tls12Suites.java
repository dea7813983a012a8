/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.Authentication;
import dev.reprise.engine.crypto.SignatureScheme;

/** How TLS 1.2's suites and signature schemes belong together. */
final class Tls12Suites {
  private Tls12Suites() {}

  /** RFC 8422, Section 5.10: Ed25519 certificates go with the ECDSA suites. */
  static Authentication authentication(SignatureScheme scheme) {
    return switch (scheme) {
      case ECDSA_SECP256R1_SHA256, ECDSA_SECP384R1_SHA384, ED25519 -> Authentication.ECDSA;
      case RSA_PSS_RSAE_SHA256,
          RSA_PSS_RSAE_SHA384,
          RSA_PSS_RSAE_SHA512,
          RSA_PSS_PSS_SHA256,
          RSA_PSS_PSS_SHA384,
          RSA_PSS_PSS_SHA512,
          RSA_PKCS1_SHA256,
          RSA_PKCS1_SHA384,
          RSA_PKCS1_SHA512 ->
          Authentication.RSA;
    };
  }
}
