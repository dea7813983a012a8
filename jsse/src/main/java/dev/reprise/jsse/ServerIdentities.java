/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.wire.Opaque;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificates of a server that go on while it runs: they may be exchanged at any time, and
 * every handshake that begins from then on shows the new ones. Safe for threads; may be shared by
 * several contexts.
 */
public final class ServerIdentities {
  /** Whoever renews more often than this in one ticket's lifetime loses the oldest sessions. */
  private static final int MOST_FORMER = 16;

  private final InstantSource clock;
  private volatile State state;

  /**
   * @param former what was replaced, the latest first
   */
  private record State(VirtualHosts current, List<Former> former) {}

  private record Former(VirtualHosts hosts, long replacedAtMillis) {}

  /**
   * These, of which {@link RepriseServer#identities(List)} says how one is chosen.
   *
   * @param first at least one
   */
  public ServerIdentities(List<ServerIdentity> first) {
    this(first, InstantSource.system());
  }

  /**
   * The same on another clock.
   *
   * @param clock tells how long ago certificates were renewed
   */
  public ServerIdentities(List<ServerIdentity> first, InstantSource clock) {
    this.clock = clock;
    this.state = new State(VirtualHosts.of(first), List.of());
  }

  /**
   * Renews the certificates. Sessions that were made under the old ones are resumed for one more
   * ticket lifetime by a host with exactly the same names, if the rules for client certificates are
   * the same: else a renewal would void every session at once.
   */
  public synchronized void renew(List<ServerIdentity> next) {
    List<Former> former = new ArrayList<>(state.former());
    former.addFirst(new Former(state.current(), clock.millis()));
    state =
        new State(VirtualHosts.of(next), former.subList(0, Math.min(MOST_FORMER, former.size())));
  }

  /** Exchanges the certificates; no session of before is resumed, as after a key was stolen. */
  public synchronized void replace(List<ServerIdentity> next) {
    state = new State(VirtualHosts.of(next), List.of());
  }

  /** The source that asks these, where tickets live for {@code ticketLifetime}. */
  IdentitySource source(Duration ticketLifetime) {
    return new RenewableSource(this, ticketLifetime);
  }

  VirtualHosts current() {
    return state.current();
  }

  /** What stood for {@code host} less than {@code ticketLifetime} ago. */
  List<Opaque> former(VirtualHosts.Host host, Duration ticketLifetime) {
    State now = state;
    if (now.former().isEmpty()) {
      return List.of();
    }
    long since = clock.millis() - ticketLifetime.toMillis();
    List<Opaque> scopes = new ArrayList<>();
    for (Former former : now.former()) {
      Opaque scope = former.hosts().scopeOf(host);
      if (former.replacedAtMillis() > since && scope != null && !scope.equals(host.scope())) {
        scopes.add(scope);
      }
    }
    return scopes;
  }
}
