/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.X509KeyManager;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;

class TomcatTest extends ServerHostTest {
  @Override
  String name() {
    return "Tomcat " + Versions.of("tomcat");
  }

  @Override
  boolean hasHttp2() {
    return true;
  }

  @Override
  ServerHost start(ServerHost.Setup setup) throws Exception {
    String clients = setup.clientCertificates() ? "required" : "none";
    X509KeyManager keys = (X509KeyManager) Tls.SERVER.keyManagers()[0];
    // lines:
    SSLHostConfig tls = new SSLHostConfig();
    tls.setCertificateVerification(clients);
    // Else Tomcat enables all that the JDK's provider has.
    tls.setProtocols("TLSv1.2+TLSv1.3");
    tls.setCiphers(String.join(":", setup.context().getSupportedSSLParameters().getCipherSuites()));
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setSslContext(SSLUtil.createSSLContext(setup.context(), keys, Tls.trustManager()));
    tls.addCertificate(certificate);
    Connector connector = new Connector();
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(tls);
    connector.addUpgradeProtocol(new Http2Protocol());
    // end
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    Path directory = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setConnector(connector);
    Context application = tomcat.addContext("", null);
    Tomcat.addServlet(application, "answers", new Answers(setup.errors())).addMapping("/*");
    tomcat.start();
    return new ServerHost() {
      @Override
      public int port() {
        return connector.getLocalPort();
      }

      @Override
      public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
      }
    };
  }

  private static final class Answers extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient BlockingQueue<Throwable> errors;

    Answers(BlockingQueue<Throwable> errors) {
      this.errors = errors;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getRequestURI()) {
        case "/bytes" -> {
          response.setContentLengthLong(Content.LENGTH);
          Content.writeTo(response.getOutputStream());
        }
        case "/who" -> send(response, subject(request));
        default -> send(response, "hello");
      }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        var _ = request.getInputStream().readAllBytes();
      } catch (IOException e) {
        errors.add(e);
        throw e;
      }
    }

    private static String subject(HttpServletRequest request) {
      var chain =
          (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
      return chain[0].getSubjectX500Principal().getName();
    }

    private static void send(HttpServletResponse response, String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
    }
  }
}
