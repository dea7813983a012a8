/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.List;

/**
 * A protocol version and what is negotiated in it, whoever's engines shake hands: AES-128-GCM and
 * X25519.
 */
public enum Protocol {
  /** The group list must hold the curve of the certificate as well: RFC 8422, Section 5.1.1. */
  TLS12(
      "TLSv1.2",
      "TLS 1.2",
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      List.of("x25519", "secp256r1")),

  /** One group only: SunJSSE's client makes a share for two where it has them. */
  TLS13("TLSv1.3", "TLS 1.3", "TLS_AES_128_GCM_SHA256", List.of("x25519"));

  private final String jsseName;
  private final String title;
  private final String cipherSuite;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is.
  private final List<String> groups;

  Protocol(String jsseName, String title, String cipherSuite, List<String> groups) {
    this.jsseName = jsseName;
    this.title = title;
    this.cipherSuite = cipherSuite;
    this.groups = groups;
  }

  String jsseName() {
    return jsseName;
  }

  String title() {
    return title;
  }

  String cipherSuite() {
    return cipherSuite;
  }

  List<String> groups() {
    return groups;
  }
}
