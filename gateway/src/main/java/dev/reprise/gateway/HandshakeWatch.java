/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Waits for the end of a handshake, counts it, and hands the connection to the backend. */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = System.getLogger(HandshakeWatch.class.getName());

  private final TlsTermination termination;
  private final GatewayMetrics metrics;
  private final Backend backend;
  private final WireMeter meter;
  private final SslHandler tls;
  private boolean draining;

  HandshakeWatch(
      TlsTermination termination,
      GatewayMetrics metrics,
      Backend backend,
      WireMeter meter,
      SslHandler tls) {
    this.termination = termination;
    this.metrics = metrics;
    this.backend = backend;
    this.meter = meter;
    this.tls = tls;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.fireChannelActive();
    context.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent done when done.isSuccess() -> succeeded(context);
      case SslHandshakeCompletionEvent done -> failed(context, done.cause());
      case ChannelInputShutdownEvent _ -> context.close();
      case GatewayEvent.DRAIN -> draining = true;
      default -> context.fireUserEventTriggered(event);
    }
  }

  /** The TLS handler throws again what it has told of in an event. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private void succeeded(ChannelHandlerContext context) {
    Duration time = meter.sinceFirstByte();
    HandshakeReport report = termination.report(tls.engine().getSession(), time);
    metrics.handshake(report, time);
    LOG.log(Level.DEBUG, () -> context.channel().remoteAddress() + ": " + report);
    context.pipeline().remove(this);
    SocketChannel client = (SocketChannel) context.channel();
    backend.serve(client, tls, report);
    if (draining) {
      client.pipeline().fireUserEventTriggered(GatewayEvent.DRAIN);
    }
  }

  private void failed(ChannelHandlerContext context, Throwable cause) {
    String name = FailureName.of(cause);
    metrics.handshakeFailed(name);
    LOG.log(
        Level.DEBUG,
        () -> context.channel().remoteAddress() + ": the handshake failed: " + cause.getMessage());
  }
}
