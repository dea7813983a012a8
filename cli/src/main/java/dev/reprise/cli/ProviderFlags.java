/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.gateway.TlsProvider;
import java.util.List;

/** Which flags go with which provider. */
final class ProviderFlags {
  /** What SunJSSE has no ear for, when it is given at all. */
  private static final List<String> REPRISE_ONLY =
      List.of(
          "--store-bytes",
          "--rotate-every",
          "--stateful-tickets",
          "--no-tickets",
          "--fleet-key",
          "--fleet-name",
          "--store-deadline",
          "--admin-token-file",
          "--allow-insecure-permissions");

  private ProviderFlags() {}

  static void check(TlsProvider provider, Matched flags, ResumptionOptions resumption)
      throws UsageException {
    if (provider == TlsProvider.REPRISE) {
      return;
    }
    String foreign =
        resumption.isShared()
            ? "--store"
            : resumption.hasForeignKeys() ? "--ticket-keys" : flags.firstOf(REPRISE_ONLY);
    if (foreign != null) {
      throw new UsageException(
          "--provider SunJSSE cannot honour "
              + foreign
              + ", since the JDK keeps sessions and ticket keys to itself; leave one of them out");
    }
  }
}
