/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Defaults;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many certificates a peer may show, by the JDK's properties. */
final class ChainLimits {
  private static final String BOTH = "jdk.tls.maxCertificateChainLength";

  private ChainLimits() {}

  /**
   * {@code jdk.tls.server.maxInboundCertificateChainLength} for what servers are shown by clients,
   * {@code jdk.tls.client.maxInboundCertificateChainLength} for what clients are shown by servers,
   * else {@code jdk.tls.maxCertificateChainLength}; what is no number, or a negative one, does not
   * count.
   *
   * @param ofClients whether the chain is a client's
   * @param property the value of a property; null if it is not set
   */
  static int longestChain(boolean ofClients, Function<String, @Nullable String> property) {
    String judge = ofClients ? "server" : "client";
    Integer own = number(property.apply("jdk.tls." + judge + ".maxInboundCertificateChainLength"));
    Integer both = own == null ? number(property.apply(BOTH)) : own;
    return both == null ? Defaults.LONGEST_CHAIN : both;
  }

  private static @Nullable Integer number(@Nullable String text) {
    try {
      Integer number = text == null ? null : Integer.decode(text);
      return number == null || number < 0 ? null : number;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
