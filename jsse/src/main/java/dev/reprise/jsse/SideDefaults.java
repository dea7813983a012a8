/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's system properties enable for one side: {@code jdk.tls.client.protocols}, {@code
 * jdk.tls.client.cipherSuites} and {@code jdk.tls.client.SignatureSchemes}, and the same for {@code
 * server}. Null where a property does not say anything.
 */
record SideDefaults(
    @Nullable List<ProtocolVersion> protocols,
    @Nullable List<CipherSuite> cipherSuites,
    @Nullable List<SignatureScheme> signatureSchemes) {
  static final SideDefaults NONE = new SideDefaults(null, null, null);

  /** Versions that the JDK knows and that are not served here. */
  private static final Set<String> OLD = Set.of("SSLV2HELLO", "SSLV3", "TLSV1", "TLSV1.1");

  /**
   * Reads the properties.
   *
   * @param side {@code client} or {@code server}
   * @param property the value of a property; null if it is not set
   * @throws IllegalArgumentException if a protocol is named that nobody knows, as in the JDK
   */
  static SideDefaults read(String side, Function<String, @Nullable String> property) {
    String prefix = "jdk.tls." + side + ".";
    return new SideDefaults(
        protocols(prefix + "protocols", property),
        notEmpty(Names.knownCipherSuites(list(property.apply(prefix + "cipherSuites")))),
        notEmpty(Names.signatureSchemes(list(property.apply(prefix + "SignatureSchemes")))));
  }

  private static @Nullable List<ProtocolVersion> protocols(
      String name, Function<String, @Nullable String> property) {
    List<String> names = list(property.apply(name));
    if (names.isEmpty()) {
      return null;
    }
    String[] ours =
        names.stream()
            .filter(each -> !OLD.contains(each.toUpperCase(Locale.ROOT)))
            .toArray(String[]::new);
    try {
      return Names.protocols(ours);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static List<String> list(@Nullable String property) {
    return property == null
        ? List.of()
        : Arrays.stream(property.replace("\"", "").split(",", -1))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .toList();
  }

  private static <T> @Nullable List<T> notEmpty(List<T> values) {
    return values.isEmpty() ? null : values;
  }
}
