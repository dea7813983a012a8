/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

class OkHttpTest extends ClientHostTest {
  @Override
  String name() {
    return "OkHttp " + Versions.of("okhttp");
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  @Override
  ClientHost start(SSLContext context, boolean http2) {
    X509TrustManager trustManager = Tls.trustManager();
    List<Protocol> protocols =
        http2 ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1);
    // lines:
    OkHttpClient client =
        new OkHttpClient.Builder()
            .sslSocketFactory(context.getSocketFactory(), trustManager)
            .build();
    // end
    OkHttpClient used =
        client
            .newBuilder()
            .protocols(protocols)
            .retryOnConnectionFailure(false)
            .readTimeout(10, TimeUnit.SECONDS)
            .build();
    return new ClientHost() {
      @Override
      public Answer get(URI uri) throws Exception {
        Request request = new Request.Builder().url(uri.toURL()).build();
        try (Response response = used.newCall(request).execute()) {
          return Answer.of(response.protocol(), response.body().bytes());
        }
      }

      @Override
      public void stop() {
        used.connectionPool().evictAll();
        used.dispatcher().executorService().shutdown();
      }
    };
  }
}
