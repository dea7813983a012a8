/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;

/** Counts a client's bytes as they are on the wire, and takes the time from the first of them. */
final class WireMeter extends ChannelDuplexHandler {
  private final GatewayMetrics metrics;
  private boolean started;
  private long startedAtNanos;

  WireMeter(GatewayMetrics metrics) {
    this.metrics = metrics;
  }

  /** Zero if the client has sent nothing yet. */
  Duration sinceFirstByte() {
    return started ? Duration.ofNanos(System.nanoTime() - startedAtNanos) : Duration.ZERO;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!started) {
      started = true;
      startedAtNanos = System.nanoTime();
    }
    if (message instanceof ByteBuf bytes) {
      metrics.received(bytes.readableBytes());
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      metrics.sent(bytes.readableBytes());
    }
    context.write(message, promise);
  }
}
