/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** A server of Netty and BoringSSL, which gives back what it gets until it gets a {@code !}. */
final class NettyServer implements PeerServer {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final Setup setup;
  private final Channel listening;

  NettyServer(Setup setup) throws SSLException {
    this.setup = setup;
    SslContext context = context(setup);
    ChannelInitializer<SocketChannel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            channels.add(channel);
            channel.pipeline().addLast(context.newHandler(channel.alloc()), new Echo());
          }
        };
    listening =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer)
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  private static SslContext context(Setup setup) throws SSLException {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    SslContextBuilder builder =
        SslContextBuilder.forServer(identity.key(), identity.chain())
            .sslProvider(SslProvider.OPENSSL)
            .trustManager(TestCertificates.authority().root())
            .protocols(setup.version().jsseName())
            .clientAuth(setup.certificates() ? ClientAuth.REQUIRE : ClientAuth.NONE);
    if (setup.retry()) {
      builder.option(OpenSslContextOption.GROUPS, new String[] {"secp384r1"});
    }
    if (setup.alpn()) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              "http/1.1"));
    }
    SslContext context = builder.build();
    OpenSslSessionContext sessions = (OpenSslSessionContext) context.sessionContext();
    sessions.setSessionCacheEnabled(true);
    if (setup.sealed()) {
      // Without a key it has no tickets, but a cache.
      sessions.setTicketKeys(ticketKey());
    }
    return context;
  }

  /** The weakest there is: nothing is protected by it. */
  static OpenSslSessionTicketKey ticketKey() {
    return new OpenSslSessionTicketKey(
        new byte[OpenSslSessionTicketKey.NAME_SIZE],
        new byte[OpenSslSessionTicketKey.HMAC_KEY_SIZE],
        new byte[OpenSslSessionTicketKey.AES_KEY_SIZE]);
  }

  @Override
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public byte[] exchange(Link link, byte[] body) throws IOException {
    return PeerServer.echoed(link, body);
  }

  @Override
  public boolean letClose(Link link) throws IOException {
    link.out().write('!');
    return true;
  }

  @Override
  public Told told() {
    try {
      @Nullable Told next = told.poll(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("the server has not answered");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Below TLS, which would else say goodbye. */
  @Override
  public void cut() {
    channels.forEach(channel ->
        channel.eventLoop().submit(() -> channel.unsafe().closeForcibly()).syncUninterruptibly());
  }

  @Override
  public void close() {
    listening.close().syncUninterruptibly();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private final class Echo extends SimpleChannelInboundHandler<ByteBuf> {
    private boolean first = true;

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf data) throws Exception {
      if (first) {
        first = false;
        SslHandler tls = context.pipeline().get(SslHandler.class);
        told.add(tell((ReferenceCountedOpenSslEngine) tls.engine(), tls.applicationProtocol()));
      }
      if (data.getByte(data.readerIndex()) == '!') {
        var _ = context.close();
      } else {
        var _ = context.writeAndFlush(Unpooled.copiedBuffer(data));
      }
    }

    private Told tell(ReferenceCountedOpenSslEngine engine, @Nullable String protocol)
        throws SSLPeerUnverifiedException {
      return new Told(
          SSL.isSessionReused(engine.sslPointer()),
          setup.certificates()
              ? engine.getSession().getPeerPrincipal().getName().replace("CN=", "")
              : null,
          setup.alpn() ? protocol : null);
    }

    /** The client will notice. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
