/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** An HTTP server made of Netty's parts: a host itself, and whom the hosts that are clients ask. */
final class NettyServer implements ServerHost {
  static final ApplicationProtocolConfig HTTP2_OR_HTTP =
      alpn(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
  static final ApplicationProtocolConfig HTTP = alpn(ApplicationProtocolNames.HTTP_1_1);

  private final EventLoopGroup loops;
  private final Channel listener;

  private NettyServer(EventLoopGroup loops, Channel listener) {
    this.loops = loops;
    this.listener = listener;
  }

  static NettyServer start(Setup setup, ApplicationProtocolConfig protocols)
      throws InterruptedException {
    SSLContext context = setup.context();
    ClientAuth clients = setup.clientCertificates() ? ClientAuth.REQUIRE : ClientAuth.NONE;
    // lines:
    SslContext tls =
        new JdkSslContext(
            context,
            false,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            protocols,
            clients,
            null,
            false);
    ChannelInitializer<Channel> connections =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Http(setup.errors()));
          }
        };
    // end
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    Channel listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(connections)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    return new NettyServer(loops, listener);
  }

  @Override
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static ApplicationProtocolConfig alpn(String... protocols) {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  private static final class Http extends ApplicationProtocolNegotiationHandler {
    private final BlockingQueue<Throwable> errors;

    Http(BlockingQueue<Throwable> errors) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.errors = errors;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      ChannelPipeline pipeline = context.pipeline();
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        ChannelInitializer<Channel> streams =
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                stream.pipeline().addLast(new ChunkedWriteHandler(), new NettyAnswers(errors));
              }
            };
        pipeline.addLast(
            Http2FrameCodecBuilder.forServer().build(), new Http2MultiplexHandler(streams));
      } else {
        pipeline.addLast(new HttpServerCodec(), new ChunkedWriteHandler());
        pipeline.addLast(new NettyAnswers(errors));
      }
    }

    /** A client that goes before the handshake ends is none of our tests' business. */
    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
