/* Reprise. Apache-2.0; see LICENSE. */
package io.netty.handler.ssl;

import dev.reprise.jsse.RepriseProvider;
import java.security.Provider;
import java.util.List;

/** Netty's tests of engines, with ours on both sides; here, since they look for files beside. */
public class NettyOwn extends JdkSslEngineTest {
  @Override
  protected Provider clientSslContextProvider() {
    return new RepriseProvider();
  }

  /** Half of them: each pair of a buffer, a version and who runs the tasks is still there. */
  @Override
  protected List<SSLEngineTestParam> newTestParams() {
    return super.newTestParams().stream().filter(NettyOwn::isOneOfAPair).toList();
  }

  private static boolean isOneOfAPair(SSLEngineTestParam parameters) {
    boolean heap = parameters.type() == BufferType.Heap;
    boolean newer = parameters.protocols().contains(SslProtocols.TLS_v1_3);
    return parameters.delegate() == (heap != newer);
  }

  @Override
  protected Provider serverSslContextProvider() {
    return new RepriseProvider();
  }
}
