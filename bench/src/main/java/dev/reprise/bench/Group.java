/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.List;

/** In which keys are exchanged. */
public enum Group {
  X25519("x25519"),
  SECP256R1("secp256r1"),
  X25519MLKEM768("X25519MLKEM768");

  private final String standardName;

  Group(String standardName) {
    this.standardName = standardName;
  }

  String standardName() {
    return standardName;
  }

  /** The hybrid is a group of TLS 1.3. */
  boolean isIn(Protocol protocol) {
    return this != X25519MLKEM768 || protocol == Protocol.TLS13;
  }

  /**
   * For the two sides' lists. In TLS 1.2 the curve of a certificate has to be in them (RFC 8422,
   * Section 5.1.1), and Bouncy Castle wants it in TLS 1.3; elsewhere there is one only, since
   * SunJSSE's client makes a share for two where it has them.
   */
  List<String> names(boolean withCurveOfCertificate) {
    return this == X25519 && withCurveOfCertificate
        ? List.of(X25519.standardName, SECP256R1.standardName)
        : List.of(standardName);
  }
}
