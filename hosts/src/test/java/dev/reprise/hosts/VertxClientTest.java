/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

class VertxClientTest extends ClientHostTest {
  @Override
  String name() {
    return "Vert.x " + Versions.of("vertx");
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  @Override
  ClientHost start(SSLContext context, boolean http2) {
    Vertx vertx = Vertx.vertx();
    // lines:
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setUseAlpn(http2)
            .setSslEngineOptions(new VertxEngine(context))
            .setTrustOptions(TrustOptions.wrap(Tls.trustManager()))
            .setProtocolVersion(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
    // end
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(ServerHostTest.PARALLEL);
    HttpClient client = vertx.createHttpClient(options, pool);
    return new ClientHost() {
      @Override
      public Answer get(URI uri) throws Exception {
        return client
            .request(HttpMethod.GET, uri.getPort(), uri.getHost(), uri.getPath())
            .compose(request -> request.send())
            .compose(response -> response.body().map(body -> answer(response.version(), body)))
            .await(30, TimeUnit.SECONDS);
      }

      @Override
      public void stop() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
      }
    };
  }

  private static ClientHost.Answer answer(HttpVersion version, Buffer body) {
    return ClientHost.Answer.of(version, body.getBytes());
  }
}
