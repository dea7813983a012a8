/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.SessionStore;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Where the sessions of this node's clients are. */
final class FleetSessions implements AutoCloseable {
  private final MemorySessionStore near;

  FleetSessions(InstantSource clock, SecureRandom random) {
    near = new MemorySessionStore(MemorySessionStore.DEFAULT_BYTES, clock, random);
  }

  SessionStore store() {
    return near;
  }

  void poll() {
    near.sweep();
  }

  @Override
  public void close() {
    near.close();
  }
}
