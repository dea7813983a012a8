/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import io.netty.handler.ssl.OpenSsl;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/** BoringSSL in Netty. */
@EnabledIf("io.netty.handler.ssl.OpenSsl#isAvailable")
class NettyClientTest extends ClientPeerTest {
  NettyClientTest() {
    super(Peer.NETTY, Limits.NONE);
  }

  @Override
  String version() {
    return OpenSsl.versionString();
  }

  @Override
  ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws Exception {
    return new NettyClient(setup).connect(port, body, times);
  }
}
