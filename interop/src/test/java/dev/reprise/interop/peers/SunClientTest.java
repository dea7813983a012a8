/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.io.IOException;
import java.nio.file.Path;

/** SunJSSE. */
class SunClientTest extends ClientPeerTest {
  SunClientTest() {
    super(Peer.SUNJSSE, Limits.NONE);
  }

  @Override
  String version() {
    return SunServerTest.VERSION;
  }

  @Override
  ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws IOException {
    return new JsseClient(SunServerTest.provider(), setup, _ -> {}).connect(port, body, times);
  }
}
