/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

// lines:
/** Lets Vert.x take a context as it is, with the keys and the trust that it has. */
final class VertxEngine extends SSLEngineOptions {
  private final SSLContext context;

  VertxEngine(SSLContext context) {
    this.context = context;
  }

  @Override
  public SSLEngineOptions copy() {
    return this;
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory(context);
  }

  private static final class Factory implements SslContextFactory {
    private final SSLContext context;
    private boolean client = true;
    private ClientAuth clients = ClientAuth.NONE;
    private List<String> protocols = List.of();

    Factory(SSLContext context) {
      this.context = context;
    }

    @Override
    public SslContextFactory forServer(ClientAuth mode) {
      client = false;
      clients = mode;
      return this;
    }

    @Override
    public SslContextFactory applicationProtocols(@Nullable List<String> names) {
      protocols = names == null ? List.of() : names;
      return this;
    }

    @Override
    public SslContext create() {
      ApplicationProtocolConfig alpn =
          protocols.isEmpty()
              ? ApplicationProtocolConfig.DISABLED
              : new ApplicationProtocolConfig(
                  ApplicationProtocolConfig.Protocol.ALPN,
                  ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                  ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                  protocols);
      return new JdkSslContext(
          context, client, null, IdentityCipherSuiteFilter.INSTANCE, alpn, clients, null, false);
    }
  }
}
// end
