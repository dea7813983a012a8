/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.TestCertificates;
import javax.net.ssl.SSLEngine;

/** Both sides of one peer. */
interface Contexts {
  /** The client's name for the server. */
  String HOST = TestCertificates.SERVER_NAME;

  SSLEngine newClient(int port);

  SSLEngine newServer();

  /** Tells an engine what its context could not be told; its cost is not counted. */
  default void configure(SSLEngine engine, boolean asClient) {}

  /** Lets an engine go that is over; its cost is not counted. */
  default void release(SSLEngine engine) {}
}
