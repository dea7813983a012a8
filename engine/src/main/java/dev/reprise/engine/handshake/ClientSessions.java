/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.PskIdentity;
import dev.reprise.engine.wire.TlsException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client's dealings with its session store. */
final class ClientSessions {
  /**
   * RFC 8446, Section 4.6.1: clients "MUST NOT cache tickets for longer than 7 days". A day is
   * enough: longer ones let users be followed (Sy et al., ACSAC 2018).
   */
  private static final long LONGEST_LIFETIME_SECONDS = 86_400;

  private static final long LONGEST_UNDER_WAY_MILLIS = 5_000;

  /** A client's sessions are kept apart by their key; the scope is a server's concern. */
  private static final ResumptionScope SCOPE =
      ResumptionScope.of(Opaque.EMPTY, "client", List.of(), "client", "");

  private ClientSessions() {}

  /** The session to offer: still valid, for the same name, with a suite that is offered. */
  static @Nullable ClientSession take(ClientConfig config) {
    ClientSessionStore sessions = config.sessions();
    ClientSessionKey key = config.sessionKey();
    if (sessions == null || key == null) {
      return null;
    }
    ClientSession session = take(sessions, key);
    if (session == null || fits(session.session(), config)) {
      return session;
    }
    giveBack(sessions, key, session, config);
    return null;
  }

  /** What another connection may still use stays: a store keeps TLS 1.2 sessions itself. */
  private static void giveBack(
      ClientSessionStore sessions,
      ClientSessionKey key,
      ClientSession session,
      ClientConfig config) {
    boolean alive = config.policy().refuses(session.session(), config.clock().millis()) == null;
    if (alive && session.session().version() == ProtocolVersion.TLS13) {
      put(sessions, key, session);
    } else {
      session.session().close();
    }
  }

  /** Forgets {@code session} and all that descend from the same full handshake. */
  static void removeSiblings(ClientConfig config, ClientSession session) {
    ClientSessionStore sessions = config.sessions();
    ClientSessionKey key = config.sessionKey();
    if (sessions != null && key != null) {
      try {
        sessions.removeSiblings(key, session);
      } catch (RuntimeException _) {
        // A store that fails keeps the session until its lifetime ends.
      }
    }
  }

  /** A store that fails costs a full handshake, never a connection. */
  private static @Nullable ClientSession take(ClientSessionStore sessions, ClientSessionKey key) {
    try {
      return sessions.take(key);
    } catch (RuntimeException _) {
      return null;
    }
  }

  private static void put(
      ClientSessionStore sessions, ClientSessionKey key, ClientSession session) {
    try {
      sessions.put(key, session);
    } catch (RuntimeException _) {
      session.session().close();
    }
  }

  private static boolean fits(Session session, ClientConfig config) {
    return config.offers(session.version())
        && config.policy().refuses(session, config.clock().millis()) == null
        && Objects.equals(session.serverName(), config.serverName())
        && offersSuiteFor(session, config);
  }

  /** TLS 1.2 resumes under the same suite; TLS 1.3 under any of the same hash. */
  private static boolean offersSuiteFor(Session session, ClientConfig config) {
    for (CipherSuite suite : config.cipherSuites()) {
      if (suite == session.suite()
          || (session.version() == ProtocolVersion.TLS13
              && suite.version() == ProtocolVersion.TLS13
              && suite.hash() == session.suite().hash())) {
        return true;
      }
    }
    return false;
  }

  /**
   * RFC 8446, Section 4.2.11.1: the age in milliseconds, "added [...] modulo 2^32" to the
   * ticket_age_add, so that an observer cannot link it.
   */
  static PskIdentity identity(ClientSession session, long now) {
    long age = Math.max(0, now - session.receivedAtMillis());
    long obfuscated = (age + session.session().ticketAgeAdd()) & 0xffffffffL;
    return new PskIdentity(session.ticket(), obfuscated);
  }

  /**
   * A ticket's lifetime runs from when the server made it until the server reads it: so the last
   * moments are left to what is under way.
   */
  private static long offeredForMillis(long lifetimeSeconds) {
    long lifetime = 1000 * Math.min(lifetimeSeconds, LONGEST_LIFETIME_SECONDS);
    return lifetime - Math.min(lifetime / 25, LONGEST_UNDER_WAY_MILLIS);
  }

  /** Keeps what a handshake left behind, for as long as server, policy and certificates allow. */
  static void keep(
      ClientConfig config,
      HandshakeOutput out,
      ConnectionInfo info,
      Secret secret,
      Opaque ticket,
      long ticketAgeAdd,
      long lifetimeSeconds)
      throws TlsException {
    ClientSessionStore sessions = config.sessions();
    ClientSessionKey key = config.sessionKey();
    if (sessions == null || key == null) {
      secret.close();
      return;
    }
    long now = config.clock().millis();
    long told = now + offeredForMillis(lifetimeSeconds);
    long notAfter = Certificates.earliestNotAfter(info.peerCertificates());
    Session session =
        new Session(
            info.version(),
            info.suite(),
            secret,
            true,
            now,
            info.authenticatedAtMillis(),
            info.lineage(),
            config
                .policy()
                .expiresAt(info.version(), now, info.authenticatedAtMillis(), told, notAfter),
            ticketAgeAdd,
            SCOPE,
            config.serverName(),
            info.applicationProtocol(),
            info.peerCertificates());
    // What is derived is no ID that a server would know.
    Opaque sessionId = ticket.isEmpty() ? info.sessionId() : Opaque.EMPTY;
    ClientSession kept = new ClientSession(session, ticket, sessionId, now);
    put(sessions, key, kept);
    // RFC 5246, Section 7.2.2 and RFC 8446, Section 6.2: an alert ends what came with it.
    out.onFailure(() -> sessions.remove(key, kept));
  }
}
