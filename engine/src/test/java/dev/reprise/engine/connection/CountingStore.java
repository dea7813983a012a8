/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.wire.Opaque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's store that counts what it is given and sees what it gives. */
final class CountingStore implements ClientSessionStore {
  private final ClientSessionStore store;
  int puts;
  final List<Opaque> taken = new ArrayList<>();

  CountingStore(ClientSessionStore store) {
    this.store = store;
  }

  @Override
  public synchronized void put(ClientSessionKey key, ClientSession session) {
    puts++;
    store.put(key, session);
  }

  @Override
  public synchronized @Nullable ClientSession take(ClientSessionKey key) {
    ClientSession session = store.take(key);
    if (session != null) {
      taken.add(session.ticket());
    }
    return session;
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
