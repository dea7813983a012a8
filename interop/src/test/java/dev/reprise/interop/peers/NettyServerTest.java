/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import io.netty.handler.ssl.OpenSsl;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.condition.EnabledIf;

/** BoringSSL in Netty. */
@EnabledIf("io.netty.handler.ssl.OpenSsl#isAvailable")
class NettyServerTest extends ServerPeerTest {
  NettyServerTest() {
    super(
        Peer.NETTY,
        new Limits().with(Feature.STATEFUL_TICKET, "BoringSSL seals all its tickets in TLS 1.3"));
  }

  @Override
  String version() {
    return OpenSsl.versionString();
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws SSLException {
    return new NettyServer(setup);
  }
}
