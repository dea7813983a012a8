/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

class HttpsServerTest extends ServerHostTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Override
  String name() {
    return "`com.sun.net.httpserver.HttpsServer` (JDK 25)";
  }

  @Override
  boolean hasHttp2() {
    return false;
  }

  @Override
  ServerHost start(ServerHost.Setup setup) throws IOException {
    SSLContext context = setup.context();
    boolean needed = setup.clientCertificates();
    // lines:
    HttpsServer server = HttpsServer.create(ANY_PORT, 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(needed);
            parameters.setSSLParameters(tls);
          }
        });
    // end
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer((HttpsExchange) exchange, setup.errors()));
    server.start();
    return new ServerHost() {
      @Override
      public int port() {
        return server.getAddress().getPort();
      }

      @Override
      public void stop() {
        server.stop(0);
        threads.shutdownNow();
      }
    };
  }

  private static void answer(HttpsExchange exchange, BlockingQueue<Throwable> errors)
      throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/bytes" -> {
        exchange.sendResponseHeaders(200, Content.LENGTH);
        try (OutputStream out = exchange.getResponseBody()) {
          Content.writeTo(out);
        }
      }
      case "/who" -> send(exchange, exchange.getSSLSession().getPeerPrincipal().getName());
      case "/upload" -> {
        try {
          var _ = exchange.getRequestBody().readAllBytes();
        } catch (IOException e) {
          errors.add(e);
          throw e;
        }
      }
      default -> send(exchange, "hello");
    }
    exchange.close();
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
