/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;

/** What a server shows: one leaf. */
public enum Certificate {
  ECDSA(KeyKind.ECDSA_P256, "ECDSA P-256"),
  RSA(KeyKind.RSA_2048, "RSA-2048");

  private final KeyKind kind;
  private final String title;

  Certificate(KeyKind kind, String title) {
    this.kind = kind;
    this.title = title;
  }

  TestIdentity identity() {
    return TestCertificates.server(kind);
  }

  String title() {
    return title;
  }
}
