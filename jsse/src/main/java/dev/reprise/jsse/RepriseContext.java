/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import javax.net.ssl.SSLContext;

/** What the builders make. */
final class RepriseContext extends SSLContext {
  RepriseContext(ContextConfig config) {
    super(new ContextSpi(config), Reprise.PROVIDER, "TLS");
  }
}
