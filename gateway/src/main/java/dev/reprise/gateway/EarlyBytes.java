/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a client sent right behind its handshake until there is somebody to take it. It is
 * little, since the client's connection is not read from meanwhile: what one read brought in.
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {
  private final List<Object> messages = new ArrayList<>();
  private final List<Object> events = new ArrayList<>();
  private @Nullable ChannelHandlerContext context;

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  /** Puts {@code successor} in this handler's place and gives it everything in order. */
  void handOver(ChannelInboundHandler successor) {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    context.pipeline().addLast(successor);
    messages.forEach(context::fireChannelRead);
    messages.clear();
    context.fireChannelReadComplete();
    events.forEach(context::fireUserEventTriggered);
    events.clear();
    context.pipeline().remove(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    messages.add(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    events.add(event);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext completed) {}

  /** The client is gone or broke TLS before there was a backend for it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    caught.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    messages.forEach(ReferenceCountUtil::release);
    messages.clear();
  }
}
