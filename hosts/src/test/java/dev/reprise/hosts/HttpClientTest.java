/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;

class HttpClientTest extends ClientHostTest {
  @Override
  String name() {
    return "`java.net.http.HttpClient` (JDK 25)";
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  @Override
  ClientHost start(SSLContext context, boolean http2) {
    HttpClient.Version version = http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    // lines:
    HttpClient client = HttpClient.newBuilder().sslContext(context).version(version).build();
    // end
    return new ClientHost() {
      @Override
      public Answer get(URI uri) throws Exception {
        HttpResponse<byte[]> response =
            client.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        return Answer.of(response.version(), response.body());
      }

      @Override
      public void stop() {
        client.close();
      }
    };
  }
}
