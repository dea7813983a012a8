/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Spreads TCP connections over nodes, in the way that is hardest on resumption: no client meets the
 * same node twice in a row. It looks at no byte.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Balancer implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final int CONNECT_MILLIS = 1000;
  private static final int LOOK_EVERY_MILLIS = 10;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("reprise-balancer", true), NioIoHandler.newFactory());
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<Target> targets;
  private final Rotation<Target> rotation;
  private final Duration drain;
  private final Channel server;

  /**
   * Listens, and sends clients to those of {@code targets} that are in.
   *
   * @param drain how long connections may go on when it is closed, or when a target is
   */
  Balancer(InetSocketAddress listen, List<Target> targets, Duration drain) throws IOException {
    this.targets = targets;
    this.rotation = new Rotation<>(targets);
    this.drain = drain;
    this.server = bind(listen);
  }

  private Channel bind(InetSocketAddress listen) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    boolean _ = clients.add(client);
                    serve(client, targets.size());
                  }
                })
            .bind(listen)
            .awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    loop.shutdownGracefully();
    throw new IOException(bound.cause().getMessage(), bound.cause());
  }

  int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * Joins a client with the node that is next, or with the one after that if it takes nobody.
   *
   * @param attempts how many nodes are tried
   */
  private void serve(SocketChannel client, int attempts) {
    Optional<Target> next =
        attempts == 0
            ? Optional.empty()
            : rotation.next(client.remoteAddress().getAddress(), Target::isIn, Target::isWilling);
    if (next.isEmpty()) {
      client.close();
      return;
    }
    Target target = next.get();
    // Counted before it is looked where it is: who waits for it to be left alone waits for this
    // one.
    target.opened();
    InetSocketAddress address = target.address();
    if (address == null) {
      target.closed();
      serve(client, attempts - 1);
      return;
    }
    ChannelFuture connecting = bootstrap(client).connect(address);
    connecting.channel().closeFuture().addListener(_ -> target.closed());
    connecting.addListener(done -> {
      if (!done.isSuccess()) {
        serve(client, attempts - 1);
      } else if (client.isActive()) {
        Relay.join(client, (SocketChannel) connecting.channel());
      } else {
        connecting.channel().close();
      }
    });
  }

  private static Bootstrap bootstrap(SocketChannel client) {
    return new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .handler(new ChannelInboundHandlerAdapter());
  }

  /** Sends nobody to {@code target} any more, and returns when those that are there have gone. */
  void drain(Target target) throws InterruptedException {
    target.leave();
    await(() -> target.open() == 0);
  }

  /** Accepts nothing more, lets connections finish for as long as was said, and ends the rest. */
  @Override
  public void close() {
    server.close().awaitUninterruptibly();
    try {
      await(clients::isEmpty);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    clients.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + drain.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
