/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.Gateway;
import dev.reprise.gateway.GatewayConfig;
import dev.reprise.gateway.HostPort;
import dev.reprise.gateway.ListenException;
import dev.reprise.gateway.PemIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;

/** A frontend in Java, until it is ended. */
final class FrontendMain {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n".getBytes(US_ASCII);
  private static final int BACKLOG = 4096;

  private FrontendMain() {}

  public static void main(String[] arguments)
      throws ConfigurationException, ListenException, SSLException, InterruptedException {
    int port = Integer.parseInt(arguments[1]);
    Path chain = Path.of(arguments[2]);
    Path key = Path.of(arguments[3]);
    switch (Frontend.valueOf(arguments[0])) {
      case REPRISE -> reprise(port, chain, key);
      case NETTY -> netty(port, chain, key);
      case NGINX, HAPROXY -> throw new IllegalArgumentException("Not in Java");
    }
  }

  private static void reprise(int port, Path chain, Path key)
      throws ConfigurationException, ListenException {
    GatewayConfig config =
        GatewayConfig.builder()
            .listen(new HostPort("127.0.0.1", port))
            .admin(new HostPort("127.0.0.1", 0))
            .identities(List.of(PemIdentity.read(chain, key)))
            .protocols(List.of("TLSv1.3"))
            .build();
    try (Gateway gateway = Gateway.start(config)) {
      gateway.awaitClose();
    }
  }

  private static void netty(int port, Path chain, Path key)
      throws SSLException, InterruptedException {
    SslContext context =
        SslContextBuilder.forServer(chain.toFile(), key.toFile())
            .sslProvider(SslProvider.OPENSSL)
            .protocols("TLSv1.3")
            .option(OpenSslContextOption.GROUPS, new String[] {"x25519"})
            .build();
    OpenSslSessionContext sessions = (OpenSslSessionContext) context.sessionContext();
    sessions.setSessionCacheEnabled(true);
    sessions.setTicketKeys(new OpenSslSessionTicketKey(new byte[16], new byte[16], new byte[16]));
    new ServerBootstrap()
        .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childHandler(new Answering(context))
        .bind("127.0.0.1", port)
        .sync()
        .channel()
        .closeFuture()
        .sync();
  }

  private static final class Answering extends ChannelInitializer<SocketChannel> {
    private final SslContext context;

    Answering(SslContext context) {
      this.context = context;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      channel.pipeline().addLast(context.newHandler(channel.alloc()), new Answer());
    }
  }

  /** The question is shorter than a record, and so comes in one piece. */
  private static final class Answer extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf question) {
      context
          .writeAndFlush(Unpooled.wrappedBuffer(ANSWER))
          .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
