/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.resumption.FleetMembership;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.SessionStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What the server's engines of one context remember together. */
final class ServerSessions extends SessionContext {
  private final InstantSource clock;
  private final SecureRandom random;
  private final boolean ownStore;
  private final Revocations revocations;
  private @Nullable FleetMembership fleet;
  private volatile ServerResumption resumption;

  /**
   * @param resumption with all that its handshakes refuse to resume
   * @param ownStore whether the store is this context's own, so that its size may be changed
   * @param revocations what is not resumed, by orders or since it was invalidated
   */
  ServerSessions(
      ServerResumption resumption,
      boolean ownStore,
      Revocations revocations,
      InstantSource clock,
      SecureRandom random) {
    super(resumption.policy(), SessionContext.DEFAULT_SERVER_SESSIONS, clock);
    this.revocations = revocations;
    this.resumption = with(resumption, resumption.policy(), resumption.store());
    this.ownStore = ownStore;
    this.clock = clock;
    this.random = random;
  }

  /** Takes lifetimes from the record of {@code membership} from now on. */
  ServerSessions following(FleetMembership membership) {
    fleet = membership;
    return this;
  }

  /** The same, looked after by the {@link Housekeeper}. */
  static ServerSessions lookedAfter(ServerSessions sessions) {
    Housekeeper.lookAfter(sessions);
    return sessions;
  }

  /** Has keys and sessions whose time is over wiped. */
  void tidy() {
    ServerResumption now = resumption;
    if (now.sealer() != null) {
      now.sealer().tidy();
    }
    if (ownStore && now.store() instanceof MemorySessionStore memory) {
      memory.sweep();
    }
    revocations.register().sweep();
    forgetValuesThatArePast();
    followFleet();
  }

  /** Its record may be known only after this context was made, while Redis was away. */
  private void followFleet() {
    FleetMembership membership = fleet;
    if (membership == null) {
      return;
    }
    ResumptionPolicy next =
        ResumptionPolicy.DEFAULT.withTimes(membership.rotateEvery(), membership.ticketLifetime());
    // What is revoked must stay so for as long as a session lives.
    if (next.longestSession().compareTo(revocations.register().longestSession()) <= 0) {
      adopt(next);
    }
  }

  ServerResumption resumption() {
    return resumption;
  }

  Revocations revocations() {
    return revocations;
  }

  @Override
  void revoke(RepriseSession session) {
    revocations.register().revokeSession(session.lineage());
  }

  @Override
  boolean isRevoked(RepriseSession session) {
    return revocations.register().contains(session.lineage(), session.info().peerCertificates());
  }

  /** Whether anything is left behind to resume from. */
  boolean remembers() {
    return resumption.store() != null || resumption.sealer() != null;
  }

  @Override
  ResumptionPolicy policy() {
    return resumption.policy();
  }

  @Override
  synchronized void policyChanged(ResumptionPolicy policy) {
    resumption = with(resumption, policy, resumption.store());
  }

  /** A new store takes the place of the old one, which is wiped. */
  @Override
  synchronized void capacityChanged(int sessions) {
    ServerResumption now = resumption;
    if (ownStore && now.store() instanceof MemorySessionStore old) {
      resumption = with(now, now.policy(), new MemorySessionStore(bytes(sessions), clock, random));
      old.close();
    }
  }

  private ServerResumption with(
      ServerResumption other, ResumptionPolicy policy, @Nullable SessionStore store) {
    return new ServerResumption(
        policy,
        store,
        other.sealer(),
        other.statefulTickets(),
        other.scopeLabel(),
        other.revoked());
  }
}
