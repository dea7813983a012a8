/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Version;

/**
 * What a connection is to be like.
 *
 * @param tickets how the server keeps sessions
 * @param retry whether the server has no group that the client sends a share of
 * @param certificates whether the client shows one
 * @param alpn whether both know http/1.1
 */
record Setup(Version version, Tickets tickets, boolean retry, boolean certificates, boolean alpn) {
  /** How a server keeps sessions. */
  enum Tickets {
    SEALED,
    STATEFUL,
    /** Session IDs in TLS 1.2. */
    NONE
  }

  static Setup of(Trial trial) {
    Tickets tickets =
        switch (trial.feature()) {
          case SESSION_ID -> Tickets.NONE;
          case STATEFUL_TICKET -> Tickets.STATEFUL;
          case FULL, TICKET, RETRY, CERTIFICATE, ALPN, DATA, CLOSE, CUT -> Tickets.SEALED;
        };
    return new Setup(
        trial.version(),
        tickets,
        trial.is(Feature.RETRY),
        trial.is(Feature.CERTIFICATE),
        trial.is(Feature.ALPN));
  }

  boolean isTls12() {
    return version == Version.TLS12;
  }

  boolean sealed() {
    return tickets == Tickets.SEALED;
  }
}
