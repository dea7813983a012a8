/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.interop.Version;
import java.io.IOException;
import java.nio.file.Path;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/** Conscrypt. */
class ConscryptServerTest extends ServerPeerTest {
  static final String VERSION =
      "Conscrypt " + Conscrypt.version().major() + "." + Conscrypt.version().minor();

  private static final String NO_TICKETS =
      "its servers issue no tickets, not to its own clients either";

  ConscryptServerTest() {
    super(
        Peer.CONSCRYPT,
        new Limits().with(Feature.TICKET, NO_TICKETS).with(Feature.STATEFUL_TICKET, NO_TICKETS));
  }

  @Override
  @Nullable Mechanism usual(Version version) {
    return version == Version.TLS12 ? Mechanism.SESSION_ID : null;
  }

  @Override
  String version() {
    return VERSION;
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws IOException {
    return new JsseServer(Conscrypt.newProvider(), setup, JsseServer.Trace.SAME_ID);
  }
}
