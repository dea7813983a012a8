/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSSE's names of what the engine has enums for. */
final class Names {
  /** A signal and no suite; programs that copy lists of suites bring it along. */
  private static final String RENEGOTIATION_SIGNAL = "TLS_EMPTY_RENEGOTIATION_INFO_SCSV";

  private Names() {}

  /** Versions in the order in which they are preferred, whatever the order of {@code names}. */
  static List<ProtocolVersion> protocols(@Nullable String @Nullable [] names) {
    List<ProtocolVersion> named =
        required(names, ProtocolVersion.values(), ProtocolVersion::standardName, "protocol");
    return List.of(ProtocolVersion.TLS13, ProtocolVersion.TLS12).stream()
        .filter(named::contains)
        .toList();
  }

  static List<CipherSuite> cipherSuites(@Nullable String @Nullable [] names) {
    if (names == null) {
      throw new IllegalArgumentException("There is no array of cipher suites");
    }
    @Nullable String[] suites =
        Arrays.stream(names)
            .filter(name -> !RENEGOTIATION_SIGNAL.equals(name))
            .toArray(String[]::new);
    return required(suites, CipherSuite.values(), CipherSuite::standardName, "cipher suite");
  }

  /**
   * What is enabled unless told otherwise: what the JDK's property says, as far as it is known
   * here.
   *
   * @throws IllegalArgumentException if it names groups, and none of them is
   */
  static List<NamedGroup> enabledGroups(@Nullable String property) {
    if (property == null || property.isBlank()) {
      return Defaults.GROUPS;
    }
    List<NamedGroup> enabled =
        groups(Arrays.stream(property.replace("\"", "").split(",")).map(String::strip).toList());
    if (enabled.isEmpty()) {
      throw new IllegalArgumentException("jdk.tls.namedGroups names no supported group");
    }
    return enabled;
  }

  /** Unknown ones are ignored. */
  static List<CipherSuite> knownCipherSuites(List<String> names) {
    return known(names, CipherSuite.values(), CipherSuite::standardName);
  }

  static List<NamedGroup> requiredGroups(List<String> names) {
    return required(
        names.toArray(new String[0]), NamedGroup.values(), NamedGroup::standardName, "group");
  }

  /** {@link javax.net.ssl.SSLParameters#setNamedGroups}: unknown ones are ignored. */
  static List<NamedGroup> groups(List<String> names) {
    return known(names, NamedGroup.values(), NamedGroup::standardName);
  }

  /** {@link javax.net.ssl.SSLParameters#setSignatureSchemes}: unknown ones are ignored. */
  static List<SignatureScheme> signatureSchemes(List<String> names) {
    return known(names, SignatureScheme.values(), SignatureScheme::standardName);
  }

  static <T> String[] of(List<T> values, Function<T, String> name) {
    return values.stream().map(name).toArray(String[]::new);
  }

  private static <T> List<T> required(
      @Nullable String @Nullable [] names, T[] values, Function<T, String> name, String what) {
    if (names == null) {
      throw new IllegalArgumentException("There is no array with a " + what);
    }
    List<T> found = new ArrayList<>(names.length);
    for (String each : names) {
      T value = each == null ? null : find(each, values, name);
      if (value == null) {
        throw new IllegalArgumentException("The " + what + " " + each + " is not supported");
      }
      if (!found.contains(value)) {
        found.add(value);
      }
    }
    return List.copyOf(found);
  }

  private static <T> List<T> known(List<String> names, T[] values, Function<T, String> name) {
    List<T> found = new ArrayList<>(names.size());
    for (String each : names) {
      T value = find(each, values, name);
      if (value != null && !found.contains(value)) {
        found.add(value);
      }
    }
    return List.copyOf(found);
  }

  private static <T> @Nullable T find(String wanted, T[] values, Function<T, String> name) {
    for (T value : values) {
      if (name.apply(value).equalsIgnoreCase(wanted)) {
        return value;
      }
    }
    return null;
  }
}
