/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import org.jspecify.annotations.Nullable;

/** Chooses the certificate to show. */
@FunctionalInterface
public interface Identities {
  /** The client's answer to a request it has no certificate for. */
  Identities NONE = _ -> Pending.ready(null);

  /** The identity to show, or null if none fits. */
  Pending<@Nullable Identity> choose(IdentityRequest request);
}
