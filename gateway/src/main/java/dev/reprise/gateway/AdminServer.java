/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.jsse.Revocations;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Health, metrics and what is revoked, over plain HTTP.
 *
 * @param draining whether the gateway is stopping
 */
record AdminServer(
    AdminAccess access,
    GatewayMetrics metrics,
    Revocations revocations,
    BooleanSupplier draining,
    Timeouts timeouts) {
  private static final String HINT = "There are /healthz, /metrics and /revocations.";

  /** What Prometheus calls the format that {@link GatewayMetrics#scrape} writes. */
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  /** The handler of accepted connections. */
  ChannelInitializer<SocketChannel> initializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel
            .pipeline()
            .addLast(
                new IdleStateHandler(true, 0, 0, timeouts.idle().toMillis(), TimeUnit.MILLISECONDS),
                new LingeringClose());
        HttpAnswers.addTo(channel.pipeline(), AdminServer.this::answer);
      }
    };
  }

  private Answer answer(HttpQuestion question) {
    Answer refusal = access.refuses(question);
    if (refusal != null) {
      return refusal;
    }
    return question.path().equals("/revocations")
        ? new RevocationsPage(revocations, access).answer(question)
        : HttpSite.readOnly(this::read).answer(question);
  }

  private Answer read(String path) {
    return switch (path) {
      case "/healthz" -> health();
      case "/metrics" -> new Answer(HttpResponseStatus.OK, METRICS, metrics.scrape());
      default -> Answer.notFound(HINT);
    };
  }

  private Answer health() {
    return draining.getAsBoolean()
        ? Answer.plain(HttpResponseStatus.SERVICE_UNAVAILABLE, "draining\n")
        : Answer.plain("ok\n");
  }
}
