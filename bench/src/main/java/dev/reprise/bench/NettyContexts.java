/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.TestIdentity;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;

/** BoringSSL, as Netty brings it to Java. */
record NettyContexts(SslContext client, SslContext server) implements Contexts {
  static NettyContexts of(Conditions conditions, X509TrustManager trust) {
    TestIdentity identity = conditions.certificate().identity();
    try {
      SslContext client = restricted(SslContextBuilder.forClient().trustManager(trust), conditions);
      SslContext server =
          restricted(SslContextBuilder.forServer(identity.key(), identity.chain()), conditions);
      remember(client, conditions);
      remember(server, conditions);
      client.sessionContext().setSessionCacheSize(JsseContexts.CLIENT_SESSIONS);
      return new NettyContexts(client, server);
    } catch (SSLException e) {
      throw new IllegalStateException("Netty's BoringSSL has nothing for this machine", e);
    }
  }

  private static SslContext restricted(SslContextBuilder builder, Conditions conditions)
      throws SSLException {
    return builder
        .sslProvider(SslProvider.OPENSSL)
        .protocols(conditions.protocol().jsseName())
        .ciphers(List.of(conditions.cipherSuite()))
        .option(OpenSslContextOption.GROUPS, conditions.groups().toArray(new String[0]))
        .build();
  }

  /** Sessions are kept, or else sealed into tickets, only where it is told to. */
  private static void remember(SslContext context, Conditions conditions) {
    OpenSslSessionContext sessions = (OpenSslSessionContext) context.sessionContext();
    sessions.setSessionCacheEnabled(true);
    if (conditions.statelessTickets()) {
      sessions.setTicketKeys(new OpenSslSessionTicketKey(new byte[16], new byte[16], new byte[16]));
    }
  }

  @Override
  public SSLEngine newClient(int port) {
    return client.newEngine(ByteBufAllocator.DEFAULT, HOST, port);
  }

  @Override
  public SSLEngine newServer() {
    return server.newEngine(ByteBufAllocator.DEFAULT);
  }

  @Override
  public void release(SSLEngine engine) {
    ReferenceCountUtil.release(engine);
  }
}
