/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.concurrent.Executor;

/**
 * Connects each client to the backend over TCP. The backend's name is looked up for each (the JDK
 * remembers it for a while), and its addresses are tried in turn.
 */
final class BackendConnector implements Backend {
  private final HostPort address;
  private final Timeouts timeouts;
  private final Executor threads;
  private final BackendHealth health;

  BackendConnector(HostPort address, Timeouts timeouts, Executor threads, BackendHealth health) {
    this.address = address;
    this.timeouts = timeouts;
    this.threads = threads;
    this.health = health;
  }

  @Override
  public void serve(SocketChannel client, SslHandler tls, HandshakeReport report) {
    EarlyBytes early = new EarlyBytes();
    client.pipeline().addLast(early);
    threads.execute(() -> {
      try {
        Iterator<InetSocketAddress> addresses = address.resolve().iterator();
        client.eventLoop().execute(() -> connect(client, tls, early, addresses));
      } catch (UnknownHostException e) {
        failed(client, e);
      }
    });
  }

  private void connect(
      SocketChannel client,
      SslHandler tls,
      EarlyBytes early,
      Iterator<InetSocketAddress> addresses) {
    if (!client.isActive()) {
      return;
    }
    ChannelFuture connecting = bootstrap(client).connect(addresses.next());
    connecting.addListener(done -> {
      if (done.isSuccess()) {
        connected(client, tls, early, connecting.channel());
      } else if (addresses.hasNext()) {
        connect(client, tls, early, addresses);
      } else {
        failed(client, done.cause());
      }
    });
  }

  private Bootstrap bootstrap(SocketChannel client) {
    return new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeouts.connect().toMillis())
        // The pipeline is filled when the connection stands; until then nothing arrives.
        .handler(new ChannelInboundHandlerAdapter());
  }

  private void connected(SocketChannel client, SslHandler tls, EarlyBytes early, Channel backend) {
    health.answered();
    if (!client.isActive()) {
      backend.close();
      return;
    }
    early.handOver(ForwardedConnection.join(client, tls, (SocketChannel) backend));
    client.config().setAutoRead(true);
    backend.config().setAutoRead(true);
  }

  /** RFC 8446, Section 6.1: the client is told that nothing follows, then closed. */
  private void failed(SocketChannel client, Throwable cause) {
    health.failed(cause);
    client.close();
  }
}
