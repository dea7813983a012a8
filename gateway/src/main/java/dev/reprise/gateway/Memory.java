/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.jsse.RepriseServer;
import java.time.InstantSource;

/** What the gateway remembers sessions with: what is its own, or what it shares with its fleet. */
interface Memory extends AutoCloseable {
  /** The time that sessions and keys go by. */
  InstantSource clock();

  /** The times of keys and tickets. */
  ResumptionSettings settings();

  /** Has {@code server} remember with this. */
  void serve(RepriseServer server);

  /** Forgets what has expired; to be called often. */
  void tidy();

  /** Wipes keys and sessions. */
  @Override
  void close();
}
