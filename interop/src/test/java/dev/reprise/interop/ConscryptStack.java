/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import org.conscrypt.Conscrypt;

/** BoringSSL, as Conscrypt brings it to Java: the one with the hybrid group. */
final class ConscryptStack implements Stack {
  /** It has its own notion of how certificates are named in TLS 1.3, which JDK's refuse. */
  private static final Provider PROVIDER =
      Conscrypt.newProviderBuilder().provideTrustManager(true).build();

  private static final KeyManager[] NOBODY = {};

  /** It has neither Ed25519 nor RSASSA-PSS keys in TLS. */
  private static final Set<KeyKind> KEYS =
      EnumSet.of(KeyKind.ECDSA_P256, KeyKind.ECDSA_P384, KeyKind.RSA_2048);

  /** Which certificates it may show it concludes from the suites of TLS 1.2, in TLS 1.3 too. */
  private static final List<String> TLS12_SUITES =
      List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  private final Map<TestIdentity, SSLContext> contexts = new ConcurrentHashMap<>();
  private final SSLContext anonymous = context(NOBODY);

  /** Whether it can do {@code cell}. */
  static boolean has(Cell cell) {
    return KEYS.contains(cell.key());
  }

  /** It sends a share of each kind: to hear a HelloRetryRequest it cannot be brought here. */
  static boolean hasAsClient(Cell cell) {
    return has(cell) && !(cell.group() == Group.HYBRID && cell.mode().retries());
  }

  @Override
  public SSLEngine server(Cell cell) {
    SSLContext context = contextOf(TestCertificates.server(cell.key()));
    List<String> suites =
        switch (cell.version()) {
          case TLS12 -> List.of(cell.suite());
          case TLS13 -> TLS12_SUITES;
        };
    return Stack.restricted(
        context.createSSLEngine(), cell, suites, List.of(cell.group().standardName()));
  }

  @Override
  public SSLEngine client(Cell cell, int port) {
    SSLContext context =
        switch (cell.proof()) {
          case NOT_ASKED, DECLINED -> anonymous;
          case GIVEN -> contextOf(TestCertificates.client(cell.key()));
        };
    return Stack.preferring(
        withTickets(context.createSSLEngine(TestCertificates.SERVER_NAME, port), cell),
        preferredGroups(cell));
  }

  /** Either side has tickets only where it is told to; without them it goes by session IDs. */
  private static SSLEngine withTickets(SSLEngine engine, Cell cell) {
    Conscrypt.setUseSessionTickets(engine, cell.mode() != Mode.SESSION_ID);
    return engine;
  }

  /** It sends a share of the first, and of the first that is not a hybrid one. */
  private static List<String> preferredGroups(Cell cell) {
    Set<String> names = new LinkedHashSet<>();
    if (cell.mode().retries()) {
      Group other = cell.group() == Group.P256 ? Group.P384 : Group.P256;
      names.add(other.standardName());
    }
    names.add(cell.group().standardName());
    for (Group each : Group.values()) {
      names.add(each.standardName());
    }
    return List.copyOf(names);
  }

  /** A close_notify waits inside until somebody wraps unasked. */
  @Override
  public boolean closesByTheRules() {
    return false;
  }

  private SSLContext contextOf(TestIdentity identity) {
    return contexts.computeIfAbsent(identity, each -> context(each.keyManagers()));
  }

  private static SSLContext context(KeyManager[] keys) {
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      anchors.setCertificateEntry("root", TestCertificates.authority().root());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", PROVIDER);
      trust.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS", PROVIDER);
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("Conscrypt has no library for this machine", e);
    }
  }
}
