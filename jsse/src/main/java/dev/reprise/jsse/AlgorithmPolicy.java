/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.AlgorithmConstraints;
import java.security.CryptoPrimitive;
import java.security.Security;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator forbids by {@code jdk.tls.disabledAlgorithms} and an application by
 * algorithm constraints, among what Reprise has at all. Of the property only plain names count:
 * what it says of key sizes concerns nothing that is negotiated here.
 */
final class AlgorithmPolicy {
  private static final String PROPERTY = "jdk.tls.disabledAlgorithms";

  private static volatile Disabled disabledNow = new Disabled("");

  private final Disabled disabled;
  private final @Nullable AlgorithmConstraints constraints;

  private AlgorithmPolicy(Disabled disabled, @Nullable AlgorithmConstraints constraints) {
    this.disabled = disabled;
    this.constraints = constraints;
  }

  /** The property is read each time, as it may be changed; it is parsed when it has changed. */
  static AlgorithmPolicy of(@Nullable AlgorithmConstraints constraints) {
    String property = Objects.requireNonNullElse(Security.getProperty(PROPERTY), "");
    Disabled disabled = disabledNow;
    if (!disabled.property.equals(property)) {
      disabled = new Disabled(property);
      disabledNow = disabled;
    }
    return new AlgorithmPolicy(disabled, constraints);
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
    for (T value : values) {
      if (!isPermitted(name.apply(value), primitive)) {
        return values.stream().filter(each -> isPermitted(name.apply(each), primitive)).toList();
      }
    }
    return values;
  }

  private boolean isPermitted(String name, CryptoPrimitive primitive) {
    AlgorithmConstraints own = constraints;
    return !disabled.contains(name)
        && (own == null || own.permits(EnumSet.of(primitive), name, null));
  }

  /** A name covers itself, and each suite and scheme that it is a part of; a star, any rest. */
  static boolean covers(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : ("_" + name + "_").contains("_" + pattern + "_");
  }

  /** What the property says, and what followed from it so far. */
  private static final class Disabled {
    private final String property;
    private final List<String> patterns;
    private final Map<String, Boolean> verdicts = new ConcurrentHashMap<>();

    Disabled(String property) {
      this.property = property;
      this.patterns =
          Arrays.stream(property.split(","))
              .map(String::strip)
              .filter(entry -> !entry.isEmpty() && entry.indexOf(' ') < 0)
              .map(entry -> entry.toUpperCase(Locale.ROOT))
              .toList();
    }

    /** Names are the few of our enums, so this does not grow. */
    boolean contains(String name) {
      Boolean known = verdicts.get(name);
      return known != null ? known : verdicts.computeIfAbsent(name, this::judge);
    }

    private boolean judge(String name) {
      String upper = name.toUpperCase(Locale.ROOT);
      return patterns.stream().anyMatch(pattern -> covers(pattern, upper));
    }
  }
}
