/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identities;
import javax.net.ssl.SSLEngine;

/** Where the engines of a context have their certificates from. */
interface IdentitySource {
  /** None at all: a server cannot serve, a client shows no certificate. */
  IdentitySource NONE =
      new IdentitySource() {
        @Override
        public Identities forServer(SSLEngine engine) {
          return Identities.NONE;
        }

        @Override
        public Identities forClient(SSLEngine engine) {
          return Identities.NONE;
        }
      };

  Identities forServer(SSLEngine engine);

  Identities forClient(SSLEngine engine);
}
