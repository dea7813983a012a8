/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What every client's connection starts with: from the wire inwards, who counts, who closes, who
 * runs the engine's tasks, TLS, and who waits for the handshake.
 *
 * @param clients holds every open connection
 */
record TlsFrontend(
    TlsTermination termination,
    GatewayMetrics metrics,
    Backend backend,
    Timeouts timeouts,
    Executor threads,
    ChannelGroup clients) {

  /** The handler of accepted connections. */
  ChannelInitializer<SocketChannel> initializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel client) {
        prepare(client);
      }
    };
  }

  private void prepare(SocketChannel client) {
    metrics.accepted();
    clients.add(client);
    // Reading is asked for step by step, so that no more comes in than somebody takes.
    client.config().setAutoRead(false);
    WireMeter meter = new WireMeter(metrics);
    EngineTasks tasks = new EngineTasks(threads);
    SslHandler tls = new SslHandler(termination.newEngine(), tasks);
    tls.setHandshakeTimeoutMillis(timeouts.handshake().toMillis());
    client
        .pipeline()
        .addLast(
            new IdleStateHandler(true, 0, 0, timeouts.idle().toMillis(), TimeUnit.MILLISECONDS),
            meter,
            new LingeringClose(),
            tasks,
            tls,
            new HandshakeWatch(termination, metrics, backend, meter, tls));
  }
}
