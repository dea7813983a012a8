/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.0 and 1.1 for a few short answers to GET and HEAD. Bodies of requests are read and
 * dropped; requests that come in a row are answered in turn, and no further ones are read while
 * answers wait to be sent.
 */
final class HttpAnswers extends SimpleChannelInboundHandler<HttpObject> {
  private static final Answer BAD_REQUEST =
      Answer.plain(HttpResponseStatus.BAD_REQUEST, "This is not a request of HTTP/1.1.\n");
  private static final Answer NOT_ALLOWED =
      Answer.plain(HttpResponseStatus.METHOD_NOT_ALLOWED, "GET and HEAD are answered here.\n");

  private final Function<String, Answer> answers;
  private @Nullable HttpRequest request;
  private boolean draining;
  private boolean closing;

  private HttpAnswers(Function<String, Answer> answers) {
    this.answers = answers;
  }

  /** Adds what speaks HTTP; {@code answers} gives the answer for a path without its query. */
  static void addTo(ChannelPipeline pipeline, Function<String, Answer> answers) {
    pipeline.addLast(
        new HttpServerCodec(), new HttpServerExpectContinueHandler(), new HttpAnswers(answers));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    // RFC 9112, Section 9.6: a server that sent the close option "MUST NOT process any further
    // requests received on that connection".
    if (closing) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      request = null;
      send(context, BAD_REQUEST, false, false);
      return;
    }
    if (part instanceof HttpRequest head) {
      request = head;
    }
    if (part instanceof LastHttpContent && request != null) {
      answer(context, request);
      request = null;
    }
  }

  private void answer(ChannelHandlerContext context, HttpRequest asked) {
    boolean keepAlive = HttpUtil.isKeepAlive(asked) && !draining;
    boolean old = asked.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (!old && !asked.headers().contains(HttpHeaderNames.HOST)) {
      // RFC 9112, Section 3.2: "A server MUST respond with a 400 (Bad Request) status code to any
      // HTTP/1.1 request message that lacks a Host header field".
      send(context, BAD_REQUEST, false, false);
    } else if (!asked.method().equals(HttpMethod.GET) && !asked.method().equals(HttpMethod.HEAD)) {
      send(context, NOT_ALLOWED, keepAlive, old);
    } else {
      send(context, answers.apply(path(asked.uri())), keepAlive, old);
    }
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private void send(ChannelHandlerContext context, Answer answer, boolean keepAlive, boolean old) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            answer.status(),
            Unpooled.wrappedBuffer(answer.body().getBytes(UTF_8)));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    if (answer.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (old) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    var written = context.writeAndFlush(response);
    if (!keepAlive) {
      closing = true;
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    switch (event) {
      case IdleStateEvent _ -> context.close();
      case SslCloseCompletionEvent _, ChannelInputShutdownEvent _ -> closeAfterAnswers(context);
      case GatewayEvent.DRAIN -> drain(context);
      default -> context.fireUserEventTriggered(event);
    }
  }

  private void drain(ChannelHandlerContext context) {
    draining = true;
    if (request == null) {
      closeAfterAnswers(context);
    }
  }

  private static void closeAfterAnswers(ChannelHandlerContext context) {
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** A client that went away, or broke TLS: nobody is left to be told. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
