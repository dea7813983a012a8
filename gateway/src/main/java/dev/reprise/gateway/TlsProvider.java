/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

/** Whose TLS the gateway speaks. */
public enum TlsProvider {
  REPRISE("Reprise"),
  /** The JDK's, for contrast. It keeps its sessions and ticket keys to itself. */
  SUN_JSSE("SunJSSE");

  private final String providerName;

  TlsProvider(String providerName) {
    this.providerName = providerName;
  }

  /** As JCA has it. */
  public String providerName() {
    return providerName;
  }
}
