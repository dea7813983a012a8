/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.stream.Stream;

/** SunJSSE with tickets that it seals: its default. */
class SunServerTest extends ServerPeerTest {
  static final String VERSION = "JDK " + Runtime.version().feature();

  SunServerTest() {
    super(Peer.SUNJSSE, Limits.NONE);
  }

  static Provider provider() {
    return Security.getProvider("SunJSSE");
  }

  @Override
  Stream<Trial> trials() {
    return super.trials().filter(trial -> Setup.of(trial).sealed());
  }

  @Override
  String version() {
    return VERSION;
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws IOException {
    return new JsseServer(provider(), setup, JsseServer.Trace.SAME_AGE);
  }
}
