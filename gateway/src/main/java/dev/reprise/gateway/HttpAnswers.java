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
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
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
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.0 and 1.1 for a few short answers. Bodies of requests are kept up to {@link
 * HttpQuestion#LONGEST_BODY} and dropped beyond; requests that come in a row are answered in turn,
 * and no further ones are read while answers wait to be sent.
 */
final class HttpAnswers extends SimpleChannelInboundHandler<HttpObject> {
  private static final Answer BAD_REQUEST =
      Answer.plain(HttpResponseStatus.BAD_REQUEST, "This is not a request of HTTP/1.1.\n");

  private final HttpSite site;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable HttpRequest request;
  private boolean draining;
  private boolean closing;

  private HttpAnswers(HttpSite site) {
    this.site = site;
  }

  /** Adds what speaks HTTP for {@code site}. */
  static void addTo(ChannelPipeline pipeline, HttpSite site) {
    pipeline.addLast(
        new HttpServerCodec(), new HttpServerExpectContinueHandler(), new HttpAnswers(site));
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
      body.reset();
    }
    if (part instanceof HttpContent content) {
      keep(content);
    }
    if (part instanceof LastHttpContent && request != null) {
      answer(context, request);
      request = null;
    }
  }

  /** One byte more than is wanted tells that there was more. */
  private void keep(HttpContent content) {
    byte[] bytes =
        new byte
            [Math.min(
                content.content().readableBytes(), HttpQuestion.LONGEST_BODY + 1 - body.size())];
    content.content().readBytes(bytes);
    body.writeBytes(bytes);
  }

  private HttpQuestion question(HttpRequest asked) {
    return new HttpQuestion(
        asked.method(),
        path(asked.uri()),
        asked.headers(),
        body.size() > HttpQuestion.LONGEST_BODY ? null : body.toString(UTF_8));
  }

  private void answer(ChannelHandlerContext context, HttpRequest asked) {
    boolean keepAlive = HttpUtil.isKeepAlive(asked) && !draining;
    boolean old = asked.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (!old && !asked.headers().contains(HttpHeaderNames.HOST)) {
      // RFC 9112, Section 3.2: "A server MUST respond with a 400 (Bad Request) status code to any
      // HTTP/1.1 request message that lacks a Host header field".
      send(context, BAD_REQUEST, false, false);
    } else {
      send(context, site.answer(question(asked)), keepAlive, old);
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
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
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
