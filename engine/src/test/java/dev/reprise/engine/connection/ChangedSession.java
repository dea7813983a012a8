/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions as no handshake has left them, for stores that lie. */
final class ChangedSession {
  private ChangedSession() {}

  static Session named(Session session, @Nullable String name) {
    return named(session, name, session.peerCertificates());
  }

  static Session named(Session s, @Nullable String name, List<Opaque> certificates) {
    return new Session(
        s.version(),
        s.suite(),
        s.secret(),
        s.extendedMasterSecret(),
        s.createdAtMillis(),
        s.authenticatedAtMillis(),
        s.lineage(),
        s.expiresAtMillis(),
        s.ticketAgeAdd(),
        s.scope(),
        name,
        s.applicationProtocol(),
        certificates);
  }
}
