/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.Contexts.Case;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a trust manager trusts, and what is checked beside it. */
class TrustTest {
  static Stream<Case> withOurClient() {
    return Contexts.casesWithOurClient();
  }

  private static SSLContext plainClient() {
    return Reprise.client().trustManager(new PlainTrust(Contexts.trustManager(), true)).build();
  }

  private static EnginePair identifying(
      SSLContext client, SSLContext server, String host, String version, String algorithm) {
    EnginePair pair = EnginePair.between(client, server, host);
    pair.client().setEnabledProtocols(new String[] {version});
    Contexts.configure(
        pair.client(), parameters -> parameters.setEndpointIdentificationAlgorithm(algorithm));
    return pair;
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void identifiesTheServerForATrustManagerThatCannot(Case each) throws Exception {
    SSLContext client = plainClient();
    SSLContext server = each.server();
    for (String host : List.of(Contexts.HOST, "127.0.0.1", "localhost", "SERVER.example.")) {
      identifying(client, server, host, each.version(), "HTTPS").handshake();
    }
    for (String host : List.of("other.example", "127.0.0.2", "::1", "example")) {
      EnginePair pair = identifying(client, server, host, each.version(), "HTTPS");
      SSLException failure = assertThrows(SSLException.class, pair::handshake);
      assertInstanceOf(CertificateException.class, failure.getCause());
      assertTrue(Observed.message(pair, Side.SERVER).contains("certificate_unknown"));
    }
    EnginePair unknown = identifying(client, server, Contexts.HOST, each.version(), "NONSENSE");
    assertThrows(SSLException.class, unknown::handshake);
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void doesNotIdentifyUnlessTold(Case each) throws Exception {
    identifying(plainClient(), each.server(), "other.example", each.version(), "").handshake();
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void tellsAnExpiredCertificateFromOthers(Case each) throws Exception {
    TestIdentity expired =
        TestCertificates.authority()
            .issue(
                LeafRequest.server(KeyKind.ECDSA_P256, Contexts.HOST)
                    .valid(
                        Instant.parse("2020-01-01T00:00:00Z"),
                        Instant.parse("2020-02-01T00:00:00Z")));
    SSLContext server =
        each.ends().ourServer ? Contexts.ourServer(expired).build() : Contexts.sun(expired);
    EnginePair pair = each.pair(each.client(), server);
    SSLException failure = assertThrows(SSLException.class, pair::handshake);
    assertTrue(Observed.message(failure).contains("certificate_expired"), failure::toString);
    boolean told = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      told |= cause instanceof CertificateExpiredException;
    }
    assertTrue(told, "the cause is kept");
    assertTrue(Observed.message(pair, Side.SERVER).contains("certificate_expired"));
  }

  @Test
  void survivesATrustManagerThatFails() {
    X509TrustManager failing =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException("a bug");
          }

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException("a bug");
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    for (String version : List.of(Contexts.TLS13, Contexts.TLS12)) {
      EnginePair pair =
          Contexts.pair(
              Reprise.client().trustManager(failing).build(),
              Contexts.sun(Contexts.SERVER),
              version);
      SSLException failure = assertThrows(SSLException.class, pair::handshake);
      assertTrue(Observed.message(failure).startsWith("(internal_error)"), failure::toString);
    }
  }

  @Test
  void readsTheIssuersAgainWhenTheyChange() throws Exception {
    X509Certificate one = TestCertificates.authority().root();
    X509Certificate two = TestCertificates.otherAuthority().root();
    Issuers both = Issuers.of(new X509Certificate[] {one, two});
    Issuers reversed = Issuers.of(new X509Certificate[] {two, one});
    Issuers single = Issuers.of(new X509Certificate[] {one});
    assertEquals(both.anchors(), reversed.anchors());
    assertNotEquals(both.anchors(), single.anchors());
    assertEquals(List.of(), Issuers.of(new X509Certificate[0]).anchors());
    assertEquals(List.of(), Issuers.of(null).names());
    assertEquals(2, both.names().size());
    assertTrue(both.areMadeOf(new X509Certificate[] {one, two}));
    assertFalse(both.areMadeOf(new X509Certificate[] {two, one}));
    assertFalse(both.areMadeOf(null));
    assertTrue(Issuers.of(null).areMadeOf(null));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, true",
    "A.EXAMPLE, true",
    "a.example., true",
    "b.example, false",
    "x.wild.example, true",
    "X.Wild.Example, true",
    "wild.example, false",
    "y.x.wild.example, false",
    "192.0.2.1, false",
    ".wild.example, false",
    "example, false"
  })
  void matchesNames(String host, boolean expected) {
    X509Certificate certificate =
        TestCertificates.authority()
            .issue(LeafRequest.server(KeyKind.ECDSA_P256, "a.example", "*.wild.example"))
            .certificate();
    assertEquals(expected, EndpointNames.matches(certificate, host));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, true",
    "2001:db8::7, true",
    "2001:DB8:0:0:0:0:0:7, true",
    "192.0.2.8, false",
    "name.example, true"
  })
  void matchesAddresses(String host, boolean expected) {
    X509Certificate certificate =
        TestCertificates.authority()
            .issue(
                LeafRequest.server(KeyKind.ECDSA_P256, "name.example", "192.0.2.7", "2001:db8::7"))
            .certificate();
    assertEquals(expected, EndpointNames.matches(certificate, host));
  }

  @Test
  void keepsTheEncodingsOfIdentities() throws Exception {
    IdentityCache cache = new IdentityCache();
    TestIdentity one = Contexts.SERVER;
    assertSame(cache.identity(one.key(), one.chain()), cache.identity(one.key(), one.chain()));
    TestIdentity other = TestCertificates.server(KeyKind.ECDSA_P384);
    assertNotEquals(
        cache.identity(one.key(), one.chain()).scopeIdentity(),
        cache.identity(other.key(), other.chain()).scopeIdentity());
    assertSame(
        other.key(), cache.identity(other.key(), one.chain()).key(), "the key is never kept");
    assertDoesNotThrow(() -> cache.identity(one.key(), one.chain()));
  }
}
