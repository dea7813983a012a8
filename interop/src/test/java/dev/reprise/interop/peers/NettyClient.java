/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A client of Netty and BoringSSL. */
final class NettyClient {
  private final Setup setup;
  private final SslContext context;

  NettyClient(Setup setup) throws SSLException {
    this.setup = setup;
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL)
            .trustManager(TestCertificates.authority().root())
            .option(OpenSslContextOption.GROUPS, new String[] {"x25519", "secp384r1", "secp256r1"})
            .protocols(setup.version().jsseName());
    if (setup.alpn()) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              "h2",
              "http/1.1"));
    }
    if (setup.certificates()) {
      TestIdentity identity = TestCertificates.client(KeyKind.ECDSA_P256);
      builder.keyManager(identity.key(), identity.chain());
    }
    context = builder.build();
    OpenSslSessionContext sessions = (OpenSslSessionContext) context.sessionContext();
    sessions.setSessionCacheEnabled(true);
    if (setup.tickets() != Setup.Tickets.NONE) {
      // That it has a key makes it ask for tickets in TLS 1.2 too.
      sessions.setTicketKeys(NettyServer.ticketKey());
    }
  }

  ClientReport connect(int port, byte[] body, int times) throws Exception {
    var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      int resumed = 0;
      for (int i = 1; ; i++) {
        Talk talk = new Talk(body);
        ChannelInitializer<SocketChannel> initializer =
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(context.newHandler(channel.alloc(), "server.example", port), talk);
              }
            };
        Channel channel =
            new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(initializer)
                .connect(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
        talk.end.get(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        channel.closeFuture().sync();
        resumed += talk.resumed ? 1 : 0;
        if (i == times) {
          return talk.report(resumed);
        }
      }
    } finally {
      var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private final class Talk extends SimpleChannelInboundHandler<ByteBuf> {
    private final byte[] body;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean resumed;
    private volatile boolean closeNotify;
    private volatile String protocol = "";

    Talk(byte[] body) {
      this.body = body;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf data) throws IOException {
      data.readBytes(read, data.readableBytes());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      switch (event) {
        case SslHandshakeCompletionEvent done when done.isSuccess() -> {
          SslHandler tls = context.pipeline().get(SslHandler.class);
          var engine = (ReferenceCountedOpenSslEngine) tls.engine();
          resumed = SSL.isSessionReused(engine.sslPointer());
          protocol = setup.alpn() ? tls.applicationProtocol() : "";
          var _ = context.writeAndFlush(Unpooled.wrappedBuffer(Http.request(body)));
        }
        case SslCloseCompletionEvent close when close.isSuccess() -> {
          closeNotify = true;
          var _ = context.close();
        }
        default -> {}
      }
      super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      log.add(cause.toString());
      var _ = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end.complete(null);
    }

    ClientReport report(int resumedTimes) {
      return new ClientReport(answer(), resumedTimes, protocol, !closeNotify, log.toString());
    }

    private byte[] answer() {
      try {
        return Http.read(new ByteArrayInputStream(read.toByteArray())).body();
      } catch (IOException e) {
        log.add(e.toString());
        return new byte[0];
      }
    }
  }
}
