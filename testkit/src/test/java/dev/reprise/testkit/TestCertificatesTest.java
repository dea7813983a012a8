/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TestCertificatesTest {
  private final TestAuthority authority = TestCertificates.authority();

  @ParameterizedTest
  @EnumSource
  void trustsEveryKindOfServerAndClient(KeyKind kind) {
    X509ExtendedTrustManager trust = trusting(authority);
    assertDoesNotThrow(
        () -> trust.checkServerTrusted(chain(TestCertificates.server(kind)), "UNKNOWN"));
    assertDoesNotThrow(
        () -> trust.checkClientTrusted(chain(TestCertificates.client(kind)), "UNKNOWN"));
  }

  @Test
  void separatesServersFromClients() {
    X509ExtendedTrustManager trust = trusting(authority);
    TestIdentity client = TestCertificates.client(KeyKind.ECDSA_P256);
    assertThrows(
        CertificateException.class, () -> trust.checkServerTrusted(chain(client), "UNKNOWN"));
  }

  @Test
  void issuesAnIdentityOnce() {
    assertSame(
        TestCertificates.server(KeyKind.RSA_2048), TestCertificates.server(KeyKind.RSA_2048));
    assertNotEquals(
        TestCertificates.server(KeyKind.RSA_2048).key(),
        TestCertificates.client(KeyKind.RSA_2048).key());
  }

  @ParameterizedTest
  @EnumSource
  void makesTheSameKeysInEveryRun(KeyKind kind) {
    LeafRequest request = LeafRequest.server(kind, "again.example");
    TestIdentity one = TestAuthority.root("again", KeyKind.ED25519).issue(request);
    TestIdentity other = TestAuthority.root("again", KeyKind.ED25519).issue(request);
    assertEquals(one, other);
  }

  @ParameterizedTest
  @CsvSource({
    "ECDSA_P256, SHA256withECDSA",
    "ECDSA_P384, SHA384withECDSA",
    "ED25519, Ed25519",
    "RSA_2048, SHA256withRSA"
  })
  void signsWithTheKindOfKeyTheAuthorityHas(KeyKind kind, String algorithm) {
    TestAuthority root = TestAuthority.root("signing", kind);
    TestIdentity leaf = root.issue(LeafRequest.server(KeyKind.ECDSA_P256, "signed.example"));
    assertEquals(algorithm, root.certificate().getSigAlgName());
    assertEquals(algorithm, leaf.certificate().getSigAlgName());
    assertDoesNotThrow(() -> trusting(root).checkServerTrusted(chain(leaf), "UNKNOWN"));
  }

  @Test
  void namesTheServer() throws Exception {
    X509Certificate leaf =
        authority.issue(LeafRequest.server(KeyKind.ED25519, "a.example", "::1")).certificate();
    assertEquals("CN=a.example", leaf.getSubjectX500Principal().getName());
    assertEquals(
        List.of(List.of(2, "a.example"), List.of(7, "0:0:0:0:0:0:0:1")),
        List.copyOf(leaf.getSubjectAlternativeNames()));
  }

  @Test
  void makesCertificatesThatHaveExpired() {
    Instant end = Instant.parse("2021-01-01T00:00:00Z");
    TestIdentity expired =
        authority.issue(
            LeafRequest.server(KeyKind.ECDSA_P256, "late.example")
                .valid(LeafRequest.NOT_BEFORE, end));
    assertEquals(end, expired.certificate().getNotAfter().toInstant());
    assertThrows(
        CertificateException.class,
        () -> trusting(authority).checkServerTrusted(chain(expired), "UNKNOWN"));
  }

  @Test
  void doesNotTrustTheOtherAuthority() {
    TestIdentity stranger =
        TestCertificates.otherAuthority()
            .issue(LeafRequest.server(KeyKind.ECDSA_P256, TestCertificates.SERVER_NAME));
    assertThrows(
        CertificateException.class,
        () -> trusting(authority).checkServerTrusted(chain(stranger), "UNKNOWN"));
  }

  @Test
  void putsAnIntermediateIntoTheChainAndLeavesTheRootOut() {
    TestAuthority below = authority.intermediate("below", KeyKind.RSA_2048);
    TestIdentity identity = below.issue(LeafRequest.server(KeyKind.ECDSA_P256, "deep.example"));
    assertEquals(List.of(identity.certificate(), below.certificate()), identity.chain());
    assertEquals(authority.certificate(), below.root());
    assertDoesNotThrow(() -> trusting(below).checkServerTrusted(chain(identity), "UNKNOWN"));
  }

  @ParameterizedTest
  @EnumSource
  void writesPemThatReadsBack(KeyKind kind, @TempDir Path directory) throws Exception {
    TestIdentity identity = TestCertificates.server(kind);
    TestIdentity.PemFiles files = identity.writePem(directory, "server");
    assertEquals(identity.chain(), certificates(files.chain()));
    byte[] key = pkcs8(files.key());
    assertArrayEquals(identity.key().getEncoded(), key);
    KeyFactory factory = KeyFactory.getInstance(identity.key().getAlgorithm());
    assertEquals(identity.key(), factory.generatePrivate(new PKCS8EncodedKeySpec(key)));
    assertEquals(List.of(authority.root()), certificates(authority.writePem(directory)));
  }

  private static List<? extends java.security.cert.Certificate> certificates(Path file)
      throws Exception {
    return List.copyOf(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
  }

  private static byte[] pkcs8(Path file) throws Exception {
    List<String> lines = Files.readAllLines(file);
    assertEquals("-----BEGIN PRIVATE KEY-----", lines.getFirst());
    assertEquals("-----END PRIVATE KEY-----", lines.getLast());
    return Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
  }

  private static X509ExtendedTrustManager trusting(TestAuthority authority) {
    TrustManager[] managers = authority.trustManagers();
    assertEquals(1, managers.length);
    return (X509ExtendedTrustManager) managers[0];
  }

  private static X509Certificate[] chain(TestIdentity identity) {
    return identity.chain().toArray(X509Certificate[]::new);
  }

  @Test
  void issuesForWildcards() throws Exception {
    TestIdentity identity =
        TestCertificates.authority()
            .issue(LeafRequest.server(KeyKind.ECDSA_P256, "*.example", "example"));
    assertEquals(
        List.of(List.of(2, "*.example"), List.of(2, "example")),
        List.copyOf(identity.certificate().getSubjectAlternativeNames()));
  }
}
