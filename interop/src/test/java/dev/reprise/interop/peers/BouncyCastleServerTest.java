/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.interop.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle's provider of JSSE. */
class BouncyCastleServerTest extends ServerPeerTest {
  private static final String NO_TICKETS = "its servers issue no tickets";

  BouncyCastleServerTest() {
    super(
        Peer.BOUNCY_CASTLE,
        new Limits().with(Feature.TICKET, NO_TICKETS).with(Feature.STATEFUL_TICKET, NO_TICKETS));
  }

  static Provider provider() {
    return new BouncyCastleJsseProvider(new BouncyCastleProvider());
  }

  @Override
  @Nullable Mechanism usual(Version version) {
    return version == Version.TLS12 ? Mechanism.SESSION_ID : null;
  }

  @Override
  String version() {
    return "BCJSSE " + provider().getVersionStr();
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws IOException {
    return new JsseServer(provider(), setup, JsseServer.Trace.NO_KEY);
  }
}
