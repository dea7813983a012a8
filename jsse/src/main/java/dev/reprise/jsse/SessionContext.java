/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.ResumptionPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one context, of which JSSE can set lifetime and number. They cannot be listed or
 * fetched: they are encoded in a store, or sealed in tickets that others keep.
 */
abstract class SessionContext implements SSLSessionContext {
  /** What 64 MiB hold. */
  static final int DEFAULT_SERVER_SESSIONS = 65_536;

  /** JSSE's "no limit" is a limit here, as everything in memory has one: 1 GiB. */
  static final int MOST_SESSIONS = 1 << 20;

  /** A session of a client with a certificate takes about as much, one without takes half. */
  private static final long BYTES_PER_SESSION = 1024;

  /** JSSE's "no limit" is what RFC 8446, Section 4.6.1 allows: 7 days. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final ResumptionPolicy initialPolicy;
  private int timeoutSeconds;
  private int cacheSize;

  SessionContext(ResumptionPolicy policy, int cacheSize) {
    this.initialPolicy = policy;
    this.timeoutSeconds = (int) policy.ticketLifetime().toSeconds();
    this.cacheSize = cacheSize;
  }

  abstract void policyChanged(ResumptionPolicy policy);

  abstract void capacityChanged(int sessions);

  static long bytes(int sessions) {
    return BYTES_PER_SESSION * (sessions == 0 ? MOST_SESSIONS : sessions);
  }

  /** Null: sessions are not fetched one by one. */
  @Override
  public @Nullable SSLSession getSession(byte[] sessionId) {
    if (sessionId == null) {
      throw new NullPointerException("The session ID may not be null");
    }
    return null;
  }

  /** Empty: sessions are not listed. */
  @Override
  public Enumeration<byte[]> getIds() {
    return Collections.emptyEnumeration();
  }

  @Override
  public synchronized void setSessionTimeout(int seconds) {
    if (seconds < 0) {
      throw new IllegalArgumentException("A timeout of " + seconds + " seconds");
    }
    timeoutSeconds = seconds;
    Duration lifetime = seconds == 0 ? LONGEST : Duration.ofSeconds(seconds);
    // How long an authentication counts stays as it is: it may end a session earlier than this.
    policyChanged(
        initialPolicy.withTicketLifetime(lifetime.compareTo(LONGEST) < 0 ? lifetime : LONGEST));
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
      capacityChanged(Math.min(size, MOST_SESSIONS));
    }
  }

  @Override
  public synchronized int getSessionCacheSize() {
    return cacheSize;
  }
}
