/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

class UndertowTest extends ServerHostTest {
  @Override
  String name() {
    return "Undertow " + Versions.of("undertow");
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  @Override
  ServerHost start(ServerHost.Setup setup) {
    BlockingHandler handler = new BlockingHandler(exchange -> answer(exchange, setup.errors()));
    SslClientAuthMode mode =
        setup.clientCertificates() ? SslClientAuthMode.REQUIRED : SslClientAuthMode.NOT_REQUESTED;
    // lines:
    Undertow server =
        Undertow.builder()
            .addHttpsListener(0, "127.0.0.1", setup.context(), handler)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, mode)
            .build();
    // end
    server.start();
    return new ServerHost() {
      @Override
      public int port() {
        return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
      }

      @Override
      public void stop() {
        server.stop();
      }
    };
  }

  private static void answer(HttpServerExchange exchange, BlockingQueue<Throwable> errors)
      throws Exception {
    switch (exchange.getRequestPath()) {
      case "/bytes" -> {
        exchange.setResponseContentLength(Content.LENGTH);
        Content.writeTo(exchange.getOutputStream());
      }
      case "/who" -> {
        var session = exchange.getConnection().getSslSessionInfo();
        exchange
            .getResponseSender()
            .send(
                ((java.security.cert.X509Certificate) session.getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName());
      }
      case "/upload" -> {
        try {
          var _ = exchange.getInputStream().readAllBytes();
        } catch (IOException e) {
          errors.add(e);
          throw e;
        }
      }
      default -> {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        exchange.getResponseSender().send("hello");
      }
    }
  }
}
