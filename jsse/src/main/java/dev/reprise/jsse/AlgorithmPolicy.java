/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.AlgorithmConstraints;
import java.security.CryptoPrimitive;
import java.security.Security;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator forbids by {@code jdk.tls.disabledAlgorithms} and an application by
 * algorithm constraints, among what Reprise has at all. Of the property only plain names count:
 * what it says of key sizes concerns nothing that is negotiated here.
 */
final class AlgorithmPolicy {
  private static final String PROPERTY = "jdk.tls.disabledAlgorithms";

  private final List<String> disabled;
  private final @Nullable AlgorithmConstraints constraints;

  private AlgorithmPolicy(List<String> disabled, @Nullable AlgorithmConstraints constraints) {
    this.disabled = disabled;
    this.constraints = constraints;
  }

  static AlgorithmPolicy of(@Nullable AlgorithmConstraints constraints) {
    String property = Security.getProperty(PROPERTY);
    return new AlgorithmPolicy(property == null ? List.of() : plainNames(property), constraints);
  }

  /** Of versions, suites and groups. */
  <T> List<T> permitted(List<T> values, Function<T, String> name) {
    return permitted(values, name, CryptoPrimitive.KEY_AGREEMENT);
  }

  /** Of signature schemes. */
  <T> List<T> permittedSignatures(List<T> values, Function<T, String> name) {
    return permitted(values, name, CryptoPrimitive.SIGNATURE);
  }

  private <T> List<T> permitted(
      List<T> values, Function<T, String> name, CryptoPrimitive primitive) {
    Set<CryptoPrimitive> primitives = EnumSet.of(primitive);
    return values.stream().filter(value -> isPermitted(name.apply(value), primitives)).toList();
  }

  private boolean isPermitted(String name, Set<CryptoPrimitive> primitives) {
    AlgorithmConstraints own = constraints;
    return disabled.stream().noneMatch(pattern -> forbids(pattern, name))
        && (own == null || own.permits(primitives, name, null));
  }

  /**
   * A name forbids itself, and each suite and scheme that it is a part of; it may end in a star.
   */
  private static boolean forbids(String pattern, String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return pattern.endsWith("*")
        ? upper.startsWith(pattern.substring(0, pattern.length() - 1))
        : ("_" + upper + "_").contains("_" + pattern + "_");
  }

  private static List<String> plainNames(String property) {
    return Arrays.stream(property.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty() && entry.indexOf(' ') < 0)
        .map(entry -> entry.toUpperCase(Locale.ROOT))
        .toList();
  }
}
