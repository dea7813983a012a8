/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.io.InputStream;
import java.net.URI;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

class HttpsUrlConnectionTest extends ClientHostTest {
  @Override
  String name() {
    return "`HttpsURLConnection` (JDK 25)";
  }

  @Override
  boolean hasHttp2() {
    return false;
  }

  @Override
  ClientHost start(SSLContext context, boolean http2) {
    return new ClientHost() {
      @Override
      public Answer get(URI uri) throws Exception {
        // lines:
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        // end
        try (InputStream in = connection.getInputStream()) {
          return Answer.of("HTTP/1.1", in.readAllBytes());
        }
      }

      @Override
      public void stop() {}
    };
  }
}
