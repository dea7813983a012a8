/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.KeyCertOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509KeyManager;

class VertxServerTest extends ServerHostTest {
  @Override
  String name() {
    return "Vert.x " + Versions.of("vertx");
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  /** Vert.x waits for more or for TCP, under the JDK's provider too. */
  @Override
  boolean endsWithClient() {
    return false;
  }

  @Override
  ServerHost start(ServerHost.Setup setup) throws Exception {
    Vertx vertx = Vertx.vertx();
    X509KeyManager keys = (X509KeyManager) Tls.SERVER.keyManagers()[0];
    // lines:
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setSslEngineOptions(new VertxEngine(setup.context()))
            .setKeyCertOptions(KeyCertOptions.wrap(keys))
            .setClientAuth(setup.clientCertificates() ? ClientAuth.REQUIRED : ClientAuth.NONE);
    // end
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(request -> answer(request, setup.errors()))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    return new ServerHost() {
      @Override
      public int port() {
        return server.actualPort();
      }

      @Override
      public void stop() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
      }
    };
  }

  private static void answer(HttpServerRequest request, BlockingQueue<Throwable> errors) {
    HttpServerResponse response = request.response();
    switch (String.valueOf(request.path())) {
      case "/bytes" -> {
        response.putHeader("Content-Length", String.valueOf(Content.LENGTH));
        send(response, Buffer.buffer(Content.block()), 0);
      }
      case "/who" -> {
        try {
          var _ = response.end(request.sslSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException e) {
          throw new IllegalStateException(e);
        }
      }
      case "/upload" -> request.body().onFailure(errors::add);
      default -> {
        var _ = response.end("hello");
      }
    }
  }

  private static void send(HttpServerResponse response, Buffer block, int sent) {
    if (sent == Content.BLOCKS) {
      var _ = response.end();
    } else {
      response.write(block).onSuccess(_ -> send(response, block, sent + 1));
    }
  }
}
