/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.jsse.RepriseServer;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Sessions in this process, which no other node finds; ticket keys of its own or of files.
 *
 * @param keys which it closes
 */
record OwnMemory(
    ResumptionSettings settings, TicketKeys keys, MemorySessionStore store, InstantSource clock)
    implements Memory {
  static OwnMemory of(GatewayConfig config, InstantSource clock) throws ConfigurationException {
    TicketKeys keys = TicketKeys.of(config, clock);
    ResumptionSettings settings = config.resumption();
    return new OwnMemory(
        settings,
        keys,
        new MemorySessionStore(settings.storeBytes(), clock, new SecureRandom()),
        clock);
  }

  @Override
  public void serve(RepriseServer server) {
    server
        .clock(clock)
        .policy(RepriseTls.policy(settings))
        .sessionStore(store)
        .tickets(keys.source());
  }

  @Override
  public void tidy() {
    store.sweep();
    // Keys are renewed, and dead ones wiped, by whoever asks for them.
    keys.source().ring();
  }

  @Override
  public void close() {
    keys.close();
    store.close();
  }
}
