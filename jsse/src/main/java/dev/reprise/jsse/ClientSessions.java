/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.wire.TicketRequest;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the client's engines of one context remember together. */
final class ClientSessions extends SessionContext {
  private final InstantSource clock;

  /** Keeps the sessions of contexts apart that share a store: each trusts whom it trusts. */
  private final String partition = UUID.randomUUID() + "/";

  private final @Nullable TicketRequest ticketRequest;
  private volatile ResumptionPolicy policy;
  private volatile ClientSessionStore store;
  private @Nullable MemoryClientSessionStore ownStore;

  /**
   * @param store null: one of this context's own
   * @param ticketRequest how many tickets to ask for; null: none are asked for
   */
  ClientSessions(
      ResumptionPolicy policy,
      @Nullable ClientSessionStore store,
      InstantSource clock,
      @Nullable TicketRequest ticketRequest) {
    super(policy, MemoryClientSessionStore.DEFAULT_KEYS, clock);
    this.policy = policy;
    this.clock = clock;
    this.ticketRequest = ticketRequest;
    this.ownStore = store == null ? new MemoryClientSessionStore(clock) : null;
    this.store = revocable(ownStore == null ? Objects.requireNonNull(store) : ownStore);
  }

  @Override
  ResumptionPolicy policy() {
    return policy;
  }

  @Nullable TicketRequest ticketRequest() {
    return ticketRequest;
  }

  String partition() {
    return partition;
  }

  ClientSessionStore store() {
    return store;
  }

  void forget(@Nullable ClientSessionKey key) {
    if (key != null) {
      store.removeAll(key);
    }
  }

  @Override
  void revoke(RepriseSession session) {
    known().revoke(session.lineage());
  }

  @Override
  boolean isRevoked(RepriseSession session) {
    return known().isRevoked(session.lineage());
  }

  @Override
  void policyChanged(ResumptionPolicy changed) {
    policy = changed;
  }

  /**
   * One server counts as one session, however many tickets it has given. What was remembered so far
   * is wiped.
   */
  @Override
  void capacityChanged(int sessions) {
    MemoryClientSessionStore before = ownStore;
    if (before != null) {
      int servers = sessions == 0 ? SessionContext.MOST_SESSIONS : sessions;
      MemoryClientSessionStore next = new MemoryClientSessionStore(servers, clock);
      ownStore = next;
      store = revocable(next);
      before.close();
    }
  }

  private ClientSessionStore revocable(ClientSessionStore given) {
    return new RevocableClientStore(given, known());
  }
}
