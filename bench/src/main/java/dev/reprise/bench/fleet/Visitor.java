/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import java.time.Duration;

/** By what a client comes back. */
enum Visitor {
  TLS13_TICKET("TLS 1.3, ticket", "TLSv1.3"),
  TLS12_TICKET("TLS 1.2, ticket", "TLSv1.2"),
  /** A client that knows no tickets (the JDK's, which can be told so). */
  TLS12_SESSION_ID("TLS 1.2, session ID", "TLSv1.2");

  private static final Visitor[] ALL = values();
  private static final int[] SHARES = {0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0};

  private final String title;
  private final String protocol;

  Visitor(String title, String protocol) {
    this.title = title;
    this.protocol = protocol;
  }

  /** Twelve, three and one in sixteen. */
  static Visitor of(int client) {
    return ALL[SHARES[client % SHARES.length]];
  }

  String title() {
    return title;
  }

  String protocol() {
    return protocol;
  }

  /**
   * How long after its full handshake a session may be offered that goes by its ID, whose lifetime
   * no server tells: as long as the ticket of such a server, and in Reprise two key periods at
   * most; but for a 25th that is left to what is under way, as our clients do with tickets.
   */
  static Duration lifetimeOfSessionId(FleetLoad load, boolean reprise) {
    Duration twoPeriods = load.rotateEvery().multipliedBy(2);
    Duration lifetime =
        reprise && twoPeriods.compareTo(load.ticketLifetime()) < 0
            ? twoPeriods
            : load.ticketLifetime();
    return lifetime.minus(lifetime.dividedBy(25));
  }
}
