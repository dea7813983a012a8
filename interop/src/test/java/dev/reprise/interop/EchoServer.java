/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A server of Netty and BoringSSL that gives back what it gets, and hands out tickets. */
final class EchoServer implements AutoCloseable {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listening;

  EchoServer(Cell cell) throws SSLException {
    SslContext context = context(cell);
    ChannelInitializer<SocketChannel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(SocketChannel channel) {
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

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void close() {
    listening.close().syncUninterruptibly();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static SslContext context(Cell cell) throws SSLException {
    TestIdentity identity = TestCertificates.server(cell.key());
    SslContext context =
        SslContextBuilder.forServer(identity.key(), identity.chain())
            .sslProvider(SslProvider.OPENSSL)
            .trustManager(TestCertificates.authority().root())
            .protocols(cell.version().jsseName())
            .ciphers(List.of(cell.suite()))
            .option(OpenSslContextOption.GROUPS, new String[] {cell.group().standardName()})
            .clientAuth(clientAuth(cell.proof()))
            .build();
    ((OpenSslSessionContext) context.sessionContext()).setTicketKeys(ticketKey());
    return context;
  }

  private static ClientAuth clientAuth(ClientProof proof) {
    return switch (proof) {
      case NOT_ASKED -> ClientAuth.NONE;
      case DECLINED -> ClientAuth.OPTIONAL;
      case GIVEN -> ClientAuth.REQUIRE;
    };
  }

  /** The weakest there is: nothing is protected by it. */
  private static OpenSslSessionTicketKey ticketKey() {
    return new OpenSslSessionTicketKey(
        new byte[OpenSslSessionTicketKey.NAME_SIZE],
        new byte[OpenSslSessionTicketKey.HMAC_KEY_SIZE],
        new byte[OpenSslSessionTicketKey.AES_KEY_SIZE]);
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object data) {
      var _ = context.writeAndFlush(data);
    }

    /** The client will notice. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
