/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;

/**
 * One direction between two sockets of one event loop: what comes in here goes out at the other.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Relay extends ChannelInboundHandlerAdapter {
  private final SocketChannel from;
  private final SocketChannel to;

  private Relay(SocketChannel from, SocketChannel to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Carries bytes in both directions until both have ended, then closes both. Neither has been read
   * from yet.
   */
  static void join(SocketChannel one, SocketChannel other) {
    one.pipeline().addLast(new Relay(one, other));
    other.pipeline().addLast(new Relay(other, one));
    one.config().setAutoRead(true);
    other.config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    to.write(message, to.voidPromise());
  }

  /** Nothing is read for one who does not take it. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    to.flush();
    from.config().setAutoRead(to.isWritable());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    to.config().setAutoRead(from.isWritable());
  }

  /** An end on one side is one on the other, behind all that came before it. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> ended());
    }
  }

  private void ended() {
    to.shutdownOutput();
    if (from.isOutputShutdown()) {
      from.close();
      to.close();
    }
  }

  /** A cut on one side is one on the other. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    to.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    from.close();
  }
}
