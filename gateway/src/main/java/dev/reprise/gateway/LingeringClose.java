/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a client's connection so that the client can read what was sent last: a socket closed with
 * unread bytes in it makes TCP send a reset, which may overtake the alert or the close_notify. So
 * the output is shut first, and what still comes in is dropped, until the client closes or for
 * {@link #LONGEST_MILLIS}. Stands before the TLS handler, which closes through it.
 */
final class LingeringClose extends ChannelDuplexHandler {
  static final long LONGEST_MILLIS = 5_000;

  private boolean discarding;
  private boolean inputEnded;
  private boolean lingering;

  /**
   * Drops all further input. After the client's close_notify: "Any data received after a closure
   * alert has been received MUST be ignored" (RFC 8446, Section 6.1), and the TLS handler would
   * gather it.
   */
  void discardInput() {
    discarding = true;
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (inputEnded || !context.channel().isActive()) {
      context.close(promise);
      return;
    }
    context.channel().closeFuture().addListener(_ -> promise.trySuccess());
    // Who fails closes more than once: the TLS handler, and whoever hears of it.
    if (!lingering) {
      lingering = true;
      discarding = true;
      linger(context);
    }
  }

  private static void linger(ChannelHandlerContext context) {
    SocketChannel channel = (SocketChannel) context.channel();
    channel
        .shutdownOutput()
        .addListener(shut -> {
          if (!shut.isSuccess()) {
            context.close();
          }
        });
    var deadline =
        context.executor().schedule(() -> context.close(), LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(_ -> deadline.cancel(false));
    channel.config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (discarding) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    if (discarding && !context.channel().config().isAutoRead()) {
      context.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (lingering) {
        context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }
}
