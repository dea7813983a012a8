/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

/** What the server's certificate key must be in a TLS 1.2 suite. */
public enum Authentication {
  /** RFC 8422, Section 5.10: an Ed25519 certificate belongs to the ECDSA suites as well. */
  ECDSA,
  RSA
}
