/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client's store that offers what came last, to everybody, changed as a test wants it. */
final class OfferedSessions implements ClientSessionStore {
  volatile UnaryOperator<ClientSession> change = UnaryOperator.identity();
  volatile boolean offers = true;
  private @Nullable ClientSession last;

  @Override
  public synchronized void put(ClientSessionKey key, ClientSession session) {
    last = session;
  }

  @Override
  public synchronized @Nullable ClientSession take(ClientSessionKey key) {
    ClientSession taken = last;
    last = null;
    return taken == null || !offers ? null : change.apply(taken);
  }

  @Override
  public void remove(ClientSessionKey key, ClientSession session) {}

  @Override
  public void removeAll(ClientSessionKey key) {}
}
