/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * A client's connection and its backend's, joined. Each direction ends by itself: the client's
 * close_notify shuts the output to the backend, the backend's end becomes a close_notify to the
 * client. A direction that breaks off without its proper end breaks the other side's as well, by a
 * reset to the backend or without a close_notify to the client, so that nobody takes half of
 * something for the whole (RFC 8446, Section 6.1).
 */
final class ForwardedConnection {
  private final SocketChannel client;
  private final SocketChannel backend;
  private final SslHandler tls;
  private boolean clientEnded;
  private boolean backendEnded;
  private boolean requestsDone;
  private boolean answersDone;
  private boolean closed;

  private ForwardedConnection(SocketChannel client, SslHandler tls, SocketChannel backend) {
    this.client = client;
    this.tls = tls;
    this.backend = backend;
  }

  /**
   * Joins two open channels of one event loop; returns the handler that takes the client's bytes.
   */
  static ChannelInboundHandler join(SocketChannel client, SslHandler tls, SocketChannel backend) {
    ForwardedConnection connection = new ForwardedConnection(client, tls, backend);
    backend.pipeline().addLast(connection.new BackendSide());
    return connection.new ClientSide();
  }

  /** Closes both sides in good order. */
  private void close() {
    closed = true;
    client.close();
    backend.close();
  }

  /** The client can neither send nor be sent to. */
  private void clientLost() {
    if (closed) {
      return;
    }
    if (clientEnded && !requestsDone) {
      // All that it had to say is here and still on its way.
      answersDone = true;
      client.close();
    } else {
      reset(backend);
      close();
    }
  }

  /** The backend can neither send nor be sent to. */
  private void backendLost() {
    if (closed) {
      return;
    }
    if (backendEnded && !answersDone) {
      // It closed when it had said everything, and the client still reads.
      requestsDone = true;
      backend.close();
    } else if (backendEnded) {
      close();
    } else {
      closed = true;
      backend.close();
      reset(client);
    }
  }

  /** Not through the TLS handler, which would say close_notify. */
  private static void reset(SocketChannel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    channel.unsafe().close(channel.unsafe().voidPromise());
  }

  private void closeIfDone() {
    if (requestsDone && answersDone && !closed) {
      close();
    }
  }

  /** What the client sends. */
  private final class ClientSide extends Forwarder {
    ClientSide() {
      super(client, backend);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      switch (event) {
        case SslCloseCompletionEvent closed when closed.isSuccess() -> ended();
        // Cut off: what arrived is handed on, but not as if it were all.
        case ChannelInputShutdownEvent _ when !clientEnded ->
            afterAll(ForwardedConnection.this::clientLost);
        case IdleStateEvent _ -> close();
        default -> {}
      }
    }

    private void ended() {
      if (clientEnded) {
        return;
      }
      clientEnded = true;
      client.pipeline().get(LingeringClose.class).discardInput();
      afterAll(() -> {
        requestsDone = true;
        backend.shutdownOutput();
        // TLS 1.2 has no half-closed connections (RFC 5246, Section 7.2.1): the engine has
        // answered with its own close_notify, and no answer gets through any more.
        answersDone |= tls.engine().isOutboundDone();
        closeIfDone();
      });
    }

    @Override
    void targetLost() {
      backendLost();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      clientLost();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      clientLost();
    }
  }

  /** What the backend sends. */
  private final class BackendSide extends Forwarder {
    BackendSide() {
      super(backend, client);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent && !backendEnded) {
        backendEnded = true;
        afterAll(() ->
            tls.closeOutbound()
                .addListener(_ -> {
                  answersDone = true;
                  client.shutdownOutput();
                  closeIfDone();
                }));
      }
    }

    @Override
    void targetLost() {
      clientLost();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      backendLost();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      backendLost();
    }
  }
}
