/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

class NettyClientTest extends ClientHostTest {
  private static final int LONGEST = 1 << 28;

  @Override
  String name() {
    return "Netty " + Versions.of("netty") + " `SslHandler`";
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  @Override
  ClientHost start(SSLContext context, boolean http2) {
    var protocols = http2 ? NettyServer.HTTP2_OR_HTTP : NettyServer.HTTP;
    // lines:
    SslContext tls =
        new JdkSslContext(
            context,
            true,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            protocols,
            ClientAuth.NONE,
            null,
            false);
    // and for each connection, so that it can be resumed: tls.newHandler(allocator, host, port)
    // end
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    return new ClientHost() {
      @Override
      public Answer get(URI uri) throws Exception {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Channel channel =
            new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(connection(tls, uri, answer))
                .connect(uri.getHost(), uri.getPort())
                .sync()
                .channel();
        try {
          return answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
          channel.close().sync();
        }
      }

      @Override
      public void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
      }
    };
  }

  private static ChannelInitializer<Channel> connection(
      SslContext tls, URI uri, CompletableFuture<ClientHost.Answer> answer) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(
                tls.newHandler(channel.alloc(), uri.getHost(), uri.getPort()),
                new Negotiated(uri, answer));
      }
    };
  }

  private static final class Negotiated extends ApplicationProtocolNegotiationHandler {
    private final URI uri;
    private final CompletableFuture<ClientHost.Answer> answer;

    Negotiated(URI uri, CompletableFuture<ClientHost.Answer> answer) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.uri = uri;
      this.answer = answer;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        context
            .pipeline()
            .addLast(
                Http2FrameCodecBuilder.forClient().build(),
                new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
        var _ =
            new Http2StreamChannelBootstrap(context.channel())
                .handler(new Http2StreamFrameToHttpObjectCodec(false))
                .open()
                .addListener(opened -> ask((Channel) opened.getNow(), protocol));
      } else {
        context.pipeline().addLast(new HttpClientCodec());
        ask(context.channel(), protocol);
      }
    }

    private void ask(Channel channel, String protocol) {
      channel.pipeline().addLast(new HttpObjectAggregator(LONGEST), new Asking(protocol, answer));
      FullHttpRequest request =
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri.getPath());
      request.headers().set(HttpHeaderNames.HOST, uri.getAuthority());
      request.headers().set("x-http2-scheme", "https");
      var _ = channel.writeAndFlush(request);
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      answer.completeExceptionally(cause);
      var _ = context.close();
    }
  }

  private static final class Asking extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final String protocol;
    private final CompletableFuture<ClientHost.Answer> answer;

    Asking(String protocol, CompletableFuture<ClientHost.Answer> answer) {
      this.protocol = protocol;
      this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      byte[] body = new byte[response.content().readableBytes()];
      response.content().readBytes(body);
      answer.complete(ClientHost.Answer.of(protocol, body));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answer.completeExceptionally(new java.nio.channels.ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      answer.completeExceptionally(cause);
    }
  }
}
