/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads as much of BoringSSL's language for cipher suites as the tests in scope speak. */
final class CipherSuites {
  private CipherSuites() {}

  /** All suites of TLS 1.3, which the language does not speak of, and those of TLS 1.2 named. */
  static List<CipherSuite> of(@Nullable String expression) {
    List<CipherSuite> suites = new ArrayList<>();
    Predicate<CipherSuite> named = named(expression);
    for (CipherSuite suite : Defaults.CIPHER_SUITES) {
      if (suite.version() == ProtocolVersion.TLS13 || named.test(suite)) {
        suites.add(suite);
      }
    }
    return suites;
  }

  private static Predicate<CipherSuite> named(@Nullable String expression) {
    return switch (expression) {
      case null -> _ -> true;
      case "DEFAULT:!AES" -> suite -> !suite.name().contains("_AES_");
      case "AES128" -> suite -> suite.name().contains("_AES_128_");
      default -> throw new UnimplementedException("Not understood: -cipher " + expression);
    };
  }
}
