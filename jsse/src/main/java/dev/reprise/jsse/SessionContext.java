/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.wire.Opaque;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Enumeration;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one context. What is needed to resume them is encoded in a store, or sealed in
 * tickets that others keep; but those used last can be listed and fetched, up to {@link
 * KnownSessions#MOST_LISTED}, whatever the mechanism.
 */
abstract class SessionContext implements SSLSessionContext {
  /** What 64 MiB hold. */
  static final int DEFAULT_SERVER_SESSIONS = 65_536;

  /** JSSE's "no limit" is a limit here, as everything in memory has one: 1 GiB. */
  static final int MOST_SESSIONS = 1 << 20;

  /** With a client certificate that no other session has; one without takes a sixth. */
  private static final long BYTES_PER_SESSION = 1024;

  /** JSSE's "no limit" is what RFC 8446, Section 4.6.1 allows: 7 days. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private volatile ResumptionPolicy initialPolicy;
  private final InstantSource clock;
  private final KnownSessions known;
  private int timeoutSeconds;
  private int cacheSize;

  SessionContext(ResumptionPolicy policy, int cacheSize, InstantSource clock) {
    this.clock = clock;
    this.known = new KnownSessions(cacheSize);
    this.initialPolicy = policy;
    this.timeoutSeconds = (int) policy.ticketLifetime().toSeconds();
    this.cacheSize = cacheSize;
  }

  abstract ResumptionPolicy policy();

  abstract void policyChanged(ResumptionPolicy policy);

  abstract void capacityChanged(int sessions);

  /** From now on this policy counts as the first one. */
  final synchronized void adopt(ResumptionPolicy policy) {
    if (!policy.equals(initialPolicy)) {
      initialPolicy = policy;
      timeoutSeconds = (int) policy.ticketLifetime().toSeconds();
      policyChanged(policy);
    }
  }

  static long bytes(int sessions) {
    long bytes = BYTES_PER_SESSION * (sessions == 0 ? MOST_SESSIONS : sessions);
    return Math.max(MemorySessionStore.SMALLEST_BYTES, bytes);
  }

  final KnownSessions known() {
    return known;
  }

  /** It can be fetched from now on. */
  final void list(RepriseSession session) {
    known.list(session);
  }

  /**
   * A resumed client's attributes with those of its full handshake, as far as that is known. An ID
   * would prove nothing: a server of TLS 1.2 may choose that of another one's session.
   */
  final ConnectionInfo inherited(ConnectionInfo info) {
    RepriseSession full = known.find(RepriseSession.lineage(info));
    return full == null ? info : info.inheriting(full.info());
  }

  final void invalidate(RepriseSession session) {
    revoke(session);
    known.unlistAll(session.id());
  }

  abstract void revoke(RepriseSession session);

  abstract boolean isRevoked(RepriseSession session);

  /** What is left of the session when its connections are gone. It can export nothing. */
  @Override
  public @Nullable SSLSession getSession(byte[] sessionId) {
    if (sessionId == null) {
      throw new NullPointerException("The session ID may not be null");
    }
    Opaque id = Opaque.copyOf(sessionId);
    // All are gone through: few ask, and each handshake would have to make its ID.
    for (RepriseSession session : known.listed().reversed()) {
      if (session.id().equals(id) && remains(session)) {
        // It counts as used.
        return known.find(session.lineage());
      }
    }
    return null;
  }

  private boolean remains(RepriseSession session) {
    boolean remains = session.isValid() && !isPast(session);
    if (!remains) {
      known.unlist(session);
    }
    return remains;
  }

  /**
   * What is bound to sessions that none is resumed of any more: their connections still have it.
   */
  final void forgetValuesThatArePast() {
    known.forgetValuesFrom(clock.millis() - initialPolicy.longestSession().toMillis());
  }

  private boolean isPast(RepriseSession session) {
    long now = clock.millis();
    return now - session.getLastAccessedTime() >= policy().ticketLifetime().toMillis()
        || now - session.getCreationTime() >= session.authenticationLifetime(policy()).toMillis();
  }

  @Override
  public Enumeration<byte[]> getIds() {
    return Collections.enumeration(
        known.listed().stream()
            .filter(this::remains)
            .map(RepriseSession::id)
            .distinct()
            .map(Opaque::toArray)
            .toList());
  }

  /**
   * A ticket lives for that long, and so does an authentication, however often its tickets are
   * renewed: JSSE counts from a session's creation. It applies at once to what is there already. An
   * authentication may end sooner, as the policy has it, but never later.
   */
  @Override
  public synchronized void setSessionTimeout(int seconds) {
    if (seconds < 0) {
      throw new IllegalArgumentException("A timeout of " + seconds + " seconds");
    }
    timeoutSeconds = seconds;
    Duration lifetime = seconds == 0 ? LONGEST : Duration.ofSeconds(seconds);
    policyChanged(
        initialPolicy.withSessionLifetime(lifetime.compareTo(LONGEST) < 0 ? lifetime : LONGEST));
  }

  @Override
  public synchronized int getSessionTimeout() {
    return timeoutSeconds;
  }

  @Override
  public synchronized void setSessionCacheSize(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("A cache of " + size + " sessions");
    }
    if (size != cacheSize) {
      cacheSize = size;
      known.resize(size == 0 ? MOST_SESSIONS : Math.min(size, MOST_SESSIONS));
      capacityChanged(Math.min(size, MOST_SESSIONS));
    }
  }

  @Override
  public synchronized int getSessionCacheSize() {
    return cacheSize;
  }
}
