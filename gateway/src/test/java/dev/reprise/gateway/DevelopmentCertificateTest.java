/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.jsse.ServerIdentity;
import java.security.SecureRandom;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DevelopmentCertificateTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final ServerIdentity identity =
      DevelopmentCertificate.create(() -> NOW, new SecureRandom());

  @Test
  void isForThisMachinesOwnNames() throws Exception {
    Set<Object> names =
        identity.chain().getFirst().getSubjectAlternativeNames().stream()
            .map(each -> each.get(1))
            .collect(Collectors.toSet());
    assertEquals(Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"), names);
  }

  @Test
  void isItsOwnIssuerAndNoAuthority() throws Exception {
    X509Certificate certificate = identity.chain().getFirst();
    certificate.verify(certificate.getPublicKey());
    assertEquals(-1, certificate.getBasicConstraints());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
  }

  @Test
  void isValidForAMonth() throws Exception {
    X509Certificate certificate = identity.chain().getFirst();
    certificate.checkValidity(Date.from(NOW.minus(Duration.ofMinutes(59))));
    certificate.checkValidity(Date.from(NOW.plus(Duration.ofDays(29))));
    assertThrows(
        CertificateNotYetValidException.class,
        () -> certificate.checkValidity(Date.from(NOW.minus(Duration.ofHours(2)))));
    assertThrows(
        CertificateExpiredException.class,
        () -> certificate.checkValidity(Date.from(NOW.plus(Duration.ofDays(31)))));
  }

  @Test
  void isAnotherOneEachTime() {
    ServerIdentity next = DevelopmentCertificate.create(() -> NOW, new SecureRandom());
    assertNotEquals(
        identity.chain().getFirst().getPublicKey(), next.chain().getFirst().getPublicKey());
    assertNotEquals(
        identity.chain().getFirst().getSerialNumber(), next.chain().getFirst().getSerialNumber());
  }
}
