/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

/** A protocol version. */
public enum Protocol {
  TLS12("TLSv1.2", "TLS 1.2"),
  TLS13("TLSv1.3", "TLS 1.3");

  private final String jsseName;
  private final String title;

  Protocol(String jsseName, String title) {
    this.jsseName = jsseName;
    this.title = title;
  }

  String jsseName() {
    return jsseName;
  }

  String title() {
    return title;
  }
}
