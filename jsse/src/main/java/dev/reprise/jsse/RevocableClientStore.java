/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.RevokedSessions;
import org.jspecify.annotations.Nullable;

/**
 * A client's store without what was revoked. A ticket may still arrive after its session was
 * invalidated, and a store that others share may still hold it.
 */
record RevocableClientStore(ClientSessionStore store, RevokedSessions revoked)
    implements ClientSessionStore {
  /** A store that gives the same session again and again must not hold up the handshake. */
  private static final int MOST_ATTEMPTS = 64;

  @Override
  public void put(ClientSessionKey key, ClientSession session) {
    if (revoked.contains(session.session())) {
      session.session().close();
    } else {
      store.put(key, session);
    }
  }

  @Override
  public @Nullable ClientSession take(ClientSessionKey key) {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      ClientSession session = store.take(key);
      if (session == null || !revoked.contains(session.session())) {
        return session;
      }
      store.remove(key, session);
      session.session().close();
    }
    return null;
  }

  @Override
  public void remove(ClientSessionKey key, ClientSession session) {
    store.remove(key, session);
  }

  @Override
  public void removeSiblings(ClientSessionKey key, ClientSession session) {
    store.removeSiblings(key, session);
  }

  @Override
  public void removeAll(ClientSessionKey key) {
    store.removeAll(key);
  }
}
