/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;

/**
 * A bound server socket.
 *
 * @param address as it was asked for, but with the real port
 */
record Listener(Channel channel, HostPort address) {
  private static final int BACKLOG = 1024;

  /** Binds and accepts at once. */
  static Listener bind(
      EventLoopGroup loops,
      HostPort address,
      InetSocketAddress resolved,
      ChannelInitializer<SocketChannel> initializer)
      throws ListenException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(initializer)
            .bind(resolved)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new ListenException(address, bound.cause());
    }
    int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
    return new Listener(bound.channel(), address.withPort(port));
  }

  void close() {
    channel.close().awaitUninterruptibly();
  }
}
