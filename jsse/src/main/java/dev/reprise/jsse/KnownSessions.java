/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.Lineage;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a context knows of its sessions beside their secrets, in memory of its own: which were used
 * last, what is bound to them, and which a client has invalidated. All of it is bounded, and what
 * was not used for longest is forgotten first.
 */
final class KnownSessions implements RevokedSessions {
  /** How many can be listed: some hundred bytes each. */
  static final int MOST_LISTED = 1024;

  private final RecentlyUsed<Lineage, RepriseSession> listed = new RecentlyUsed<>(MOST_LISTED);
  private final RecentlyUsed<Lineage, BoundValues> values;
  private final RecentlyUsed<Lineage, Boolean> revoked;

  KnownSessions(int most) {
    this.values = new RecentlyUsed<>(most);
    this.revoked = new RecentlyUsed<>(most);
  }

  void resize(int most) {
    listed.resize(Math.min(most, MOST_LISTED));
    values.resize(most);
    revoked.resize(most);
  }

  void list(RepriseSession session) {
    listed.put(session.lineage(), session);
  }

  void unlist(RepriseSession session) {
    listed.remove(session.lineage(), session);
  }

  /** Also those that another server has given the same ID. */
  void unlistAll(Opaque id) {
    listed.removeValues(session -> session.id().equals(id));
  }

  @Nullable RepriseSession find(Lineage lineage) {
    return listed.get(lineage);
  }

  /** The one used last at the end. */
  List<RepriseSession> listed() {
    return listed.values();
  }

  /** Null if nothing was ever bound. */
  @Nullable BoundValues values(Lineage lineage) {
    return values.get(lineage);
  }

  BoundValues valuesToChange(Lineage lineage) {
    return values.computeIfAbsent(lineage, BoundValues::new);
  }

  /** What is bound may hold on to a whole application, and its class loader. */
  void forgetValuesFrom(long beforeMillis) {
    values.removeIf(lineage -> lineage.authenticatedAtMillis() < beforeMillis);
  }

  void revoke(Lineage lineage) {
    revoked.put(lineage, Boolean.TRUE);
  }

  boolean isRevoked(Lineage lineage) {
    return revoked.get(lineage) != null;
  }

  @Override
  public boolean contains(Session session) {
    return isRevoked(Lineage.of(session));
  }
}
