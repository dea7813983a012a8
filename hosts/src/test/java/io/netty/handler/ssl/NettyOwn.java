/* Reprise. Apache-2.0; see LICENSE. */
package io.netty.handler.ssl;

import dev.reprise.jsse.RepriseProvider;
import java.security.Provider;

/** Netty's tests of engines, with ours on both sides; here, since they look for files beside. */
public class NettyOwn extends JdkSslEngineTest {
  @Override
  protected Provider clientSslContextProvider() {
    return new RepriseProvider();
  }

  @Override
  protected Provider serverSslContextProvider() {
    return new RepriseProvider();
  }
}
