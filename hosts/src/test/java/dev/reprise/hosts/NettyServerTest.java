/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

class NettyServerTest extends ServerHostTest {
  @Override
  String name() {
    return "Netty " + Versions.of("netty") + " `SslHandler`";
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  @Override
  ServerHost start(ServerHost.Setup setup) throws InterruptedException {
    return NettyServer.start(setup, NettyServer.HTTP2_OR_HTTP);
  }
}
