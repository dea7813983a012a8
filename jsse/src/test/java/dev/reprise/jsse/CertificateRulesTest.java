/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the security properties forbid in certificates, for managers that build no path. */
class CertificateRulesTest {
  private static final List<X509Certificate> CHAIN = Contexts.SERVER.chain();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "EC; true",
        "ec; true",
        "SHA256withECDSA; true",
        "SHA256; true",
        "RSA; false",
        "SHA1; false",
        "EC keySize < 224; false",
        "EC keySize <= 256; true",
        "EC keySize == 256; true",
        "EC keySize > 256; false",
        "EC keySize >= 257; false",
        "EC keySize != 256; false",
        "EC usage TLSServer; true",
        "EC usage TLSClient; false",
        "EC keySize < 300 & usage TLSServer; true",
        "EC jdkCA & usage TLSServer; false",
        "EC denyAfter 2019-01-01; false",
        "MD5, EC; true",
        "''; false"
      })
  void areReadAsTheJdkWritesThem(String property, boolean forbidden) {
    CertificateRules rules = CertificateRules.of(property);
    if (forbidden) {
      assertThrows(CertificateException.class, () -> rules.check(CHAIN, Set.of(), false));
    } else {
      assertDoesNotThrow(() -> rules.check(CHAIN, Set.of(), false));
    }
  }

  @Test
  void doNotConcernWhatIsTrustedByItself() {
    CertificateRules rules = CertificateRules.of("EC");
    assertDoesNotThrow(() -> rules.check(CHAIN, Set.copyOf(CHAIN), false));
    CertificateException failure =
        assertThrows(CertificateException.class, () -> rules.check(CHAIN, Set.of(), true));
    assertEquals(
        "The security properties forbid ec in the certificate of "
            + CHAIN.getFirst().getSubjectX500Principal(),
        failure.getMessage());
  }

  @Test
  void forbidNoneOfOurOwnByDefault() {
    assertDoesNotThrow(() -> CertificateRules.now().check(CHAIN, Set.of(), false));
  }
}
