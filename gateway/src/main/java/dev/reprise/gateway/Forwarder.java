/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * One direction of a forwarded connection: what comes in at the source goes out at the target, and
 * the source is read only while the target takes it. Both channels share an event loop.
 */
abstract class Forwarder extends ChannelInboundHandlerAdapter {
  /**
   * A channel counts what waits in it only when TLS has sealed it, which a flush does: so flushing
   * this often is what bounds the memory that a target that does not read may hold.
   */
  private static final int MOST_UNFLUSHED = 64 << 10;

  private final Channel source;
  private final Channel target;
  private final ChannelFutureListener written = this::written;
  private int unflushed;

  Forwarder(Channel source, Channel target) {
    this.source = source;
    this.target = target;
  }

  /** The target takes no more: it closed, or was closed. */
  abstract void targetLost();

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    unflushed += bytes.readableBytes();
    target.write(bytes).addListener(written);
    if (unflushed >= MOST_UNFLUSHED) {
      flush();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
  }

  /** What the source can no longer take, the target must not read for it. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    target.config().setAutoRead(source.isWritable());
  }

  /** Runs {@code action} when all that was forwarded so far is on its way. */
  void afterAll(Runnable action) {
    target
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(done -> {
          if (done.isSuccess()) {
            action.run();
          } else {
            targetLost();
          }
        });
  }

  private void flush() {
    if (unflushed > 0) {
      unflushed = 0;
      target.flush();
    }
  }

  private void written(io.netty.channel.ChannelFuture done) {
    if (!done.isSuccess()) {
      targetLost();
    }
  }
}
