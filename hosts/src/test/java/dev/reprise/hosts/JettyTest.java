/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content.Source;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

class JettyTest extends ServerHostTest {
  @Override
  String name() {
    return "Jetty " + Versions.of("jetty");
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  @Override
  ServerHost start(ServerHost.Setup setup) throws Exception {
    Server server = new Server();
    // lines:
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(setup.context());
    tls.setNeedClientAuth(setup.clientCertificates());
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer());
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http));
    // end
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Answers(setup.errors()));
    server.start();
    return new ServerHost() {
      @Override
      public int port() {
        return connector.getLocalPort();
      }

      @Override
      public void stop() throws Exception {
        server.stop();
      }
    };
  }

  private static final class Answers extends Handler.Abstract {
    private final BlockingQueue<Throwable> errors;

    Answers(BlockingQueue<Throwable> errors) {
      this.errors = errors;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      switch (Request.getPathInContext(request)) {
        case "/bytes" -> {
          response.getHeaders().put(HttpHeader.CONTENT_LENGTH, Content.LENGTH);
          OutputStream out = org.eclipse.jetty.io.Content.Sink.asOutputStream(response);
          Content.writeTo(out);
          callback.succeeded();
        }
        case "/who" -> send(response, subject(request), callback);
        case "/upload" -> {
          try {
            send(response, Source.asString(request), callback);
          } catch (Exception e) {
            errors.add(e);
            callback.failed(e);
          }
        }
        default -> send(response, "hello", callback);
      }
      return true;
    }

    private static String subject(Request request) {
      var tls = (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
      return tls.peerCertificates()[0].getSubjectX500Principal().getName();
    }

    private static void send(Response response, String text, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length());
      org.eclipse.jetty.io.Content.Sink.write(response, true, text, callback);
    }
  }
}
