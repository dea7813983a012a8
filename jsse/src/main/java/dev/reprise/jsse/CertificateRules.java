/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.PublicKey;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code jdk.certpath.disabledAlgorithms} and {@code jdk.tls.disabledAlgorithms} say of the
 * certificates of a chain, for trust managers that do not build a path with the JDK, which holds to
 * them by itself. Understood are names, {@code keySize} and {@code usage TLSServer} and {@code
 * TLSClient}; an entry with another condition ({@code jdkCA}, {@code denyAfter}) concerns what only
 * the JDK knows of its own paths, and is left to it.
 */
final class CertificateRules {
  private static final Pattern KEY_SIZE = Pattern.compile("KEYSIZE\\s*(<=|<|==|!=|>=|>)\\s*(\\d+)");

  private final List<Rule> rules;

  private CertificateRules(List<Rule> rules) {
    this.rules = rules;
  }

  static CertificateRules now() {
    return of(
        Security.getProperty("jdk.certpath.disabledAlgorithms")
            + ","
            + Security.getProperty("jdk.tls.disabledAlgorithms"));
  }

  static CertificateRules of(String property) {
    return new CertificateRules(
        Arrays.stream(property.split(",", -1))
            .map(entry -> entry.strip().toUpperCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty() && !entry.equals("NULL"))
            .map(CertificateRules::rule)
            .toList());
  }

  private record Rule(String algorithm, List<String> conditions) {}

  private static Rule rule(String entry) {
    String[] parts = entry.split("\\s+", 2);
    return new Rule(
        parts[0],
        parts.length == 1
            ? List.of()
            : Arrays.stream(parts[1].split("&", -1)).map(String::strip).toList());
  }

  /**
   * Refuses a chain with a forbidden signature or key.
   *
   * @param trusted of these a chain's last one is not looked at, since its own signature proves
   *     nothing
   */
  void check(List<X509Certificate> chain, Set<X509Certificate> trusted, boolean client)
      throws CertificateException {
    int end = trusted.contains(chain.getLast()) ? chain.size() - 1 : chain.size();
    for (X509Certificate certificate : chain.subList(0, end)) {
      for (Rule rule : rules) {
        if (forbids(rule, certificate, client)) {
          throw new CertificateException(
              "The security properties forbid "
                  + rule.algorithm().toLowerCase(Locale.ROOT)
                  + " in the certificate of "
                  + certificate.getSubjectX500Principal());
        }
      }
    }
  }

  private static boolean forbids(Rule rule, X509Certificate certificate, boolean client) {
    PublicKey key = certificate.getPublicKey();
    boolean keys = names(key.getAlgorithm()).contains(rule.algorithm());
    boolean signature = names(certificate.getSigAlgName()).contains(rule.algorithm());
    return (keys || signature)
        && rule.conditions().stream().allMatch(each -> holds(each, keys, key, client));
  }

  private static boolean holds(String condition, boolean keys, PublicKey key, boolean client) {
    Matcher size = KEY_SIZE.matcher(condition);
    if (size.matches()) {
      return keys && compares(length(key), size.group(1), Integer.parseInt(size.group(2)));
    }
    return condition.startsWith("USAGE ")
        && Arrays.asList(condition.split("\\s+", -1)).contains(client ? "TLSCLIENT" : "TLSSERVER");
  }

  /** A key of unknown length is not said to be too short. */
  private static boolean compares(int length, String operator, int limit) {
    return length > 0
        && switch (operator) {
          case "<" -> length < limit;
          case "<=" -> length <= limit;
          case "==" -> length == limit;
          case "!=" -> length != limit;
          case ">=" -> length >= limit;
          default -> length > limit;
        };
  }

  private static int length(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength();
      case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize();
      case DSAPublicKey dsa when dsa.getParams() != null -> dsa.getParams().getP().bitLength();
      default -> -1;
    };
  }

  /** {@code SHA1withRSA} is itself, a digest and a key. */
  private static Set<String> names(String algorithm) {
    String upper = algorithm.toUpperCase(Locale.ROOT);
    String[] parts = upper.split("WITH", 3);
    String last = parts[parts.length - 1].replace("ECDSA", "EC");
    return parts.length == 1
        ? Set.of(upper)
        : Set.copyOf(
            Arrays.asList(upper, parts[0], parts[0].replace("SHA", "SHA-"), last, parts[1]));
  }
}
