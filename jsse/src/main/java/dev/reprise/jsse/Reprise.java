/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.ResumptionOutcome;
import java.security.Provider;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Where to start: builders of contexts, and what a session tells beyond JSSE. */
public final class Reprise {
  static final Provider PROVIDER = new RepriseProvider();

  private Reprise() {}

  /** A context for servers. */
  public static RepriseServer server() {
    return new RepriseServer();
  }

  /** A context for clients. */
  public static RepriseClient client() {
    return new RepriseClient();
  }

  /**
   * Whether the connection of {@code session} resumed, how, and if not why. Null if another
   * provider made the session, or its handshake is not complete.
   */
  public static @Nullable ResumptionOutcome outcome(SSLSession session) {
    return session instanceof RepriseSession ours ? ours.resumptionOutcome() : null;
  }

  /**
   * By which to revoke sessions of the servers of {@code context}. Null if another provider made
   * it.
   */
  public static @Nullable Revocations revocations(SSLContext context) {
    return context.getServerSessionContext() instanceof ServerSessions ours
        ? ours.revocations()
        : null;
  }
}
