/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

/** The versions of TLS that both sides of every pair have. */
public enum Version {
  TLS12("TLSv1.2"),
  TLS13("TLSv1.3");

  private final String jsseName;

  Version(String jsseName) {
    this.jsseName = jsseName;
  }

  public String jsseName() {
    return jsseName;
  }
}
