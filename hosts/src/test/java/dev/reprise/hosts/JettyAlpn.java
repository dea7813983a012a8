/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.java.server.JDK9ServerALPNProcessor;

// lines:
/** Named in META-INF/services/org.eclipse.jetty.io.ssl.ALPNProcessor$Server. */
public final class JettyAlpn extends JDK9ServerALPNProcessor {
  @Override
  public boolean appliesTo(SSLEngine engine) {
    return engine.getClass().getPackageName().equals("dev.reprise.jsse");
  }
}
// end
