/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The JDK's own provider. Whether its servers seal tickets or keep sessions is decided for a whole
 * JVM by {@code jdk.tls.server.enableSessionTicketExtension}.
 */
final class SunStack implements Stack {
  private static final KeyManager[] NOBODY = {};

  private final Map<TestIdentity, SSLContext> contexts = new ConcurrentHashMap<>();
  private final SSLContext anonymous = context(NOBODY);

  @Override
  public SSLEngine server(Cell cell) {
    SSLContext context = contextOf(TestCertificates.server(cell.key()));
    return Stack.restricted(context.createSSLEngine(), cell, List.of(cell.suite()), groups(cell));
  }

  @Override
  public SSLEngine client(Cell cell, int port) {
    SSLContext context =
        switch (cell.proof()) {
          case NOT_ASKED, DECLINED -> anonymous;
          case GIVEN -> contextOf(TestCertificates.client(cell.key()));
        };
    return Stack.preferring(
        context.createSSLEngine(TestCertificates.SERVER_NAME, port), preferredGroups(cell));
  }

  /**
   * In TLS 1.2 an ECDSA certificate is shown only if its curve is enabled for the key exchange too;
   * the client's order still decides for the cell's group.
   */
  private static List<String> groups(Cell cell) {
    String group = cell.group().standardName();
    return switch (cell.version()) {
      case TLS13 -> List.of(group);
      case TLS12 ->
          switch (cell.key()) {
            case ECDSA_P256 -> distinct(group, "secp256r1");
            case ECDSA_P384 -> distinct(group, "secp384r1");
            case ED25519, RSA_2048, RSA_PSS_2048 -> List.of(group);
          };
    };
  }

  /** It sends two shares: of the first curve in Montgomery form, and of the first other one. */
  private static List<String> preferredGroups(Cell cell) {
    boolean retries = cell.mode().retries();
    return switch (cell.group()) {
      case X25519 -> distinct(retries ? "x448" : "x25519", "secp256r1", "secp384r1", "x25519");
      case P256 ->
          distinct(retries ? "secp384r1" : "secp256r1", "x25519", "secp256r1", "secp384r1");
      case P384 ->
          distinct(retries ? "secp256r1" : "secp384r1", "x25519", "secp384r1", "secp256r1");
      case HYBRID -> throw new IllegalArgumentException("SunJSSE has no hybrid groups");
    };
  }

  private static List<String> distinct(String... names) {
    return Stream.of(names).distinct().toList();
  }

  private SSLContext contextOf(TestIdentity identity) {
    return contexts.computeIfAbsent(identity, each -> context(each.keyManagers()));
  }

  private static SSLContext context(KeyManager[] keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
      context.init(keys, TestCertificates.trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("this Java has no SunJSSE", e);
    }
  }
}
