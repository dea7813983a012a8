/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.wire.Opaque;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identities as they are when a handshake asks for them, with what they were before.
 *
 * @param ticketLifetime how long sessions of former certificates are resumed
 */
record RenewableSource(ServerIdentities identities, Duration ticketLifetime)
    implements IdentitySource {
  @Override
  public Identities forServer(Endpoint endpoint) {
    return request -> Pending.<@Nullable Identity>ready(choose(request));
  }

  @Override
  public Identities forClient(Endpoint endpoint) {
    return Identities.NONE;
  }

  private @Nullable Identity choose(IdentityRequest request) {
    VirtualHosts.Host host = identities.current().host(request.serverName());
    Identity identity = VirtualHosts.choose(host, request);
    List<Opaque> former = identities.former(host, ticketLifetime);
    return identity == null || former.isEmpty() ? identity : identity.after(former);
  }
}
