/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import java.time.InstantSource;

/** What the server's engines of one context remember together. */
final class ServerSessions extends SessionContext {
  private final InstantSource clock;
  private final boolean ownStore;
  private volatile ServerResumption resumption;

  /**
   * @param ownStore whether the store is this context's own, so that its size may be changed
   */
  ServerSessions(ServerResumption resumption, boolean ownStore, InstantSource clock) {
    super(resumption.policy(), SessionContext.DEFAULT_SERVER_SESSIONS);
    this.resumption = resumption;
    this.ownStore = ownStore;
    this.clock = clock;
  }

  ServerResumption resumption() {
    return resumption;
  }

  @Override
  synchronized void policyChanged(ResumptionPolicy policy) {
    ServerResumption now = resumption;
    resumption =
        new ServerResumption(
            policy, now.store(), now.sealer(), now.statefulTickets(), now.scopeLabel());
  }

  /** A new store takes the place of the old one; what that remembers is forgotten. */
  @Override
  synchronized void capacityChanged(int sessions) {
    ServerResumption now = resumption;
    if (ownStore && now.store() != null) {
      resumption =
          new ServerResumption(
              now.policy(),
              new MemorySessionStore(bytes(sessions), clock),
              now.sealer(),
              now.statefulTickets(),
              now.scopeLabel());
    }
  }
}
