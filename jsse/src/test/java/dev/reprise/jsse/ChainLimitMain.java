/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** What clients make of a server's chain in a process whose properties bound it. */
final class ChainLimitMain {
  private ChainLimitMain() {}

  /**
   * The entry point.
   *
   * @param args where the server listens, on this machine
   */
  public static void main(String[] args) throws Exception {
    for (Provider provider : List.of(new RepriseProvider(), Security.getProvider("SunJSSE"))) {
      SSLContext context = SSLContext.getInstance("TLS", provider);
      context.init(null, null, null);
      for (String version : List.of("TLSv1.3", "TLSv1.2")) {
        System.out.println(
            provider.getName() + " " + version + " " + connect(context, version, args[0]));
      }
    }
  }

  private static String connect(SSLContext context, String version, String port) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", Integer.parseInt(port))) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return "connected";
    } catch (SSLException e) {
      return e.getClass().getSimpleName();
    }
  }
}
