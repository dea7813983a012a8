/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identities;

/** Where the engines and sockets of a context have their certificates from. */
interface IdentitySource {
  /** None at all: a server cannot serve, a client shows no certificate. */
  IdentitySource NONE =
      new IdentitySource() {
        @Override
        public Identities forServer(Endpoint endpoint) {
          return Identities.NONE;
        }

        @Override
        public Identities forClient(Endpoint endpoint) {
          return Identities.NONE;
        }
      };

  Identities forServer(Endpoint endpoint);

  Identities forClient(Endpoint endpoint);
}
