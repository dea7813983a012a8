/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import javax.net.ssl.X509TrustManager;

/** Whose engines are measured. */
public enum Peer {
  REPRISE {
    @Override
    Contexts contexts(Protocol protocol, boolean statelessTickets, X509TrustManager trust) {
      return RepriseContexts.of(protocol, statelessTickets, trust);
    }
  },
  SUNJSSE {
    @Override
    Contexts contexts(Protocol protocol, boolean statelessTickets, X509TrustManager trust) {
      return SunJsseContexts.of(protocol, statelessTickets, trust);
    }
  };

  /**
   * New contexts that remember nothing yet. The server has one leaf, ECDSA with P-256.
   *
   * @param statelessTickets whether its sessions are sealed into tickets; else it keeps them
   * @param trust the client's
   */
  abstract Contexts contexts(Protocol protocol, boolean statelessTickets, X509TrustManager trust);

  /** As tables have it. */
  String title() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
