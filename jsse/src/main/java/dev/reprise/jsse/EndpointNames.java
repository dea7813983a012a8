/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names in certificates: RFC 9525. Only the subjectAltName counts, the common name never; a
 * wildcard is the whole left-most label and stands for exactly one label.
 */
final class EndpointNames {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private EndpointNames() {}

  /** Whether {@code certificate} is for {@code host}, a DNS name or the text of an IP address. */
  static boolean matches(X509Certificate certificate, String host) {
    InetAddress address = literal(host);
    if (address != null) {
      return entries(certificate, IP_ADDRESS).stream()
          .anyMatch(each -> address.equals(literal(each)));
    }
    String name = normal(host);
    return dnsNames(certificate).stream()
        .anyMatch(each -> each.equals(name) || each.equals(wildcardFor(name)));
  }

  /** The dNSName entries, lower-case and without trailing dot. */
  static List<String> dnsNames(X509Certificate certificate) {
    return entries(certificate, DNS_NAME).stream().map(EndpointNames::normal).toList();
  }

  /** All that the certificate is for: its alternative names with their kind, else its subject. */
  static Set<String> allNames(X509Certificate certificate) {
    Set<String> names = new TreeSet<>();
    dnsNames(certificate).forEach(name -> names.add(DNS_NAME + ":" + name));
    entries(certificate, IP_ADDRESS).forEach(address -> names.add(IP_ADDRESS + ":" + address));
    if (names.isEmpty()) {
      names.add(certificate.getSubjectX500Principal().getName());
    }
    return names;
  }

  /** The one wildcard that stands for {@code name}, or null if it has a single label. */
  static @Nullable String wildcardFor(String name) {
    int dot = name.indexOf('.');
    return dot <= 0 || dot == name.length() - 1 ? null : "*" + name.substring(dot);
  }

  static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Null if {@code host} is no IP address; no name is ever resolved. */
  static @Nullable InetAddress literal(String host) {
    if (!looksLikeAddress(host)) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Every address does. The JDK finds out by exceptions, which take longer than all else here. */
  private static boolean looksLikeAddress(String host) {
    return host.indexOf(':') >= 0
        || (!host.isEmpty() && Character.isDigit(host.charAt(host.length() - 1)));
  }

  private static List<String> entries(X509Certificate certificate, int type) {
    List<String> found = new ArrayList<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> entry : names == null ? List.<List<?>>of() : names) {
        if (entry.get(0) instanceof Integer kind
            && kind == type
            && entry.get(1) instanceof String name) {
          found.add(name);
        }
      }
    } catch (CertificateParsingException _) {
      return List.of();
    }
    return found;
  }
}
