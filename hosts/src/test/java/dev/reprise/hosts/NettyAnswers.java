/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Beyond what every {@link ServerHost} answers: {@code /close} is {@code /hello}, and ends the
 * connection; {@code /until-end} ends with the connection; {@code /cut} and {@code /reset} end
 * without close_notify after 10 bytes of 1,000.
 */
final class NettyAnswers extends SimpleChannelInboundHandler<HttpObject> {
  private final BlockingQueue<Throwable> errors;
  private @Nullable HttpRequest request;

  NettyAnswers(BlockingQueue<Throwable> errors) {
    this.errors = errors;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws SSLException {
    if (part instanceof HttpRequest head) {
      request = head;
    }
    HttpRequest asked = request;
    if (part instanceof LastHttpContent && asked != null) {
      request = null;
      answer(context, asked);
    }
  }

  private static void answer(ChannelHandlerContext context, HttpRequest request)
      throws SSLException {
    switch (request.uri()) {
      case "/bytes" -> {
        var _ = context.write(head(request, Content.LENGTH));
        endWith(
            request,
            context.writeAndFlush(
                new HttpChunkedInput(new ChunkedStream(Content.stream(), 1 << 16))));
      }
      case "/who" ->
          send(context, request, tls(context).engine().getSession().getPeerPrincipal().getName());
      case "/until-end" -> {
        HttpResponse head = head(request, 0);
        head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        var _ = context.write(head);
        context.writeAndFlush(text("hello")).addListener(ChannelFutureListener.CLOSE);
      }
      case "/cut", "/reset" -> {
        var _ = context.write(head(request, 1000));
        ChannelFuture written = context.writeAndFlush(text("0123456789"));
        var _ = written.addListener(_ -> cut(context, request.uri().equals("/reset")));
      }
      default -> send(context, request, "hello");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent end) {
      if (!end.isSuccess()) {
        failed(end.cause());
      }
      // SslHandler leaves it to the application whether it goes on sending.
      var _ = context.close();
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed(cause);
    var _ = context.close();
  }

  /** Only what came of it first. */
  private void failed(Throwable cause) {
    if (request != null) {
      request = null;
      errors.add(cause);
    }
  }

  /** Ends the connection below TLS. */
  private static void cut(ChannelHandlerContext context, boolean reset) {
    Channel channel = connection(context);
    if (reset) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var _ = channel.pipeline().context(SslHandler.class).close();
  }

  private static SslHandler tls(ChannelHandlerContext context) {
    return connection(context).pipeline().get(SslHandler.class);
  }

  /** Of a stream of HTTP/2 that is the one it belongs to. */
  private static Channel connection(ChannelHandlerContext context) {
    Channel channel = context.channel();
    return channel.pipeline().get(SslHandler.class) == null ? channel.parent() : channel;
  }

  private static void send(ChannelHandlerContext context, HttpRequest request, String body) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, text(body));
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, keeps(request));
    endWith(request, context.writeAndFlush(response));
  }

  private static HttpResponse head(HttpRequest request, long length) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpUtil.setContentLength(head, length);
    HttpUtil.setKeepAlive(head, keeps(request));
    return head;
  }

  private static void endWith(HttpRequest request, ChannelFuture written) {
    if (!keeps(request)) {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** All but two answers are the last of their connection. */
  private static boolean keeps(HttpRequest request) {
    return HttpUtil.isKeepAlive(request)
        && (request.uri().equals("/hello") || request.uri().equals("/bytes"));
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }
}
