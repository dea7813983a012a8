/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** What a process sees of the provider that is told by the security file and by properties. */
final class SystemPropertiesMain {
  private SystemPropertiesMain() {}

  public static void main(String[] args) throws Exception {
    System.out.println("default " + SSLContext.getDefault().getProvider().getName());
    System.out.println("TLS " + SSLContext.getInstance("TLS").getProvider().getName());
    System.out.println(
        "keys "
            + KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
                .getProvider()
                .getName());
    System.out.println(
        "trust "
            + TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
                .getProvider()
                .getName());
    for (boolean client : new boolean[] {true, false}) {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(client);
      System.out.println(
          (client ? "client " : "server ")
              + List.of(engine.getEnabledProtocols())
              + List.of(engine.getEnabledCipherSuites())
              + List.of(engine.getSSLParameters().getSignatureSchemes())
              + List.of(engine.getSSLParameters().getNamedGroups()));
    }
    try (SSLSocket client = (SSLSocket) SSLSocketFactory.getDefault().createSocket();
        SSLServerSocket server =
            (SSLServerSocket) SSLServerSocketFactory.getDefault().createServerSocket()) {
      System.out.println(
          "sockets "
              + List.of(client.getEnabledProtocols())
              + List.of(server.getEnabledProtocols())
              + List.of(server.getEnabledCipherSuites()));
    }
  }
}
