/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.TrafficKeys;

/** Both directions' keys of a TLS 1.2 connection: RFC 5246, Section 6.3. */
public record Tls12KeyBlock(TrafficKeys client, TrafficKeys server) implements AutoCloseable {
  /** Wipes all of it. */
  @Override
  public void close() {
    client.close();
    server.close();
  }
}
