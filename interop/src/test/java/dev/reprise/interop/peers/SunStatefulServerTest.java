/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** SunJSSE with a session cache, which it has only in a JVM of its own. */
@EnabledIfSystemProperty(named = "jdk.tls.server.enableSessionTicketExtension", matches = "false")
class SunStatefulServerTest extends ServerPeerTest {
  SunStatefulServerTest() {
    super(Peer.SUNJSSE, Limits.NONE);
  }

  @Override
  Stream<Trial> trials() {
    return super.trials().filter(trial -> !Setup.of(trial).sealed());
  }

  @Override
  String version() {
    return SunServerTest.VERSION;
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws IOException {
    return new JsseServer(SunServerTest.provider(), setup, JsseServer.Trace.SAME_AGE);
  }
}
