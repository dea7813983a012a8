/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.reprise.engine.wire.ProtocolVersion;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers of IANA's "TLS Parameters", and what each stands for. */
final class CodePointsTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          0x1301, TLS_AES_128_GCM_SHA256, TLS13, AES_128_GCM, SHA256, -
          0x1302, TLS_AES_256_GCM_SHA384, TLS13, AES_256_GCM, SHA384, -
          0x1303, TLS_CHACHA20_POLY1305_SHA256, TLS13, CHACHA20_POLY1305, SHA256, -
          0xc02b, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS12, AES_128_GCM, SHA256, ECDSA
          0xc02c, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS12, AES_256_GCM, SHA384, ECDSA
          0xc02f, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS12, AES_128_GCM, SHA256, RSA
          0xc030, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS12, AES_256_GCM, SHA384, RSA
          0xcca8, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, TLS12, CHACHA20_POLY1305, SHA256, RSA
          0xcca9, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TLS12, CHACHA20_POLY1305, SHA256, \
          ECDSA
          """)
  void knowsItsCipherSuites(
      int code,
      CipherSuite suite,
      ProtocolVersion version,
      AeadAlgorithm aead,
      HashAlgorithm hash,
      @Nullable Authentication authentication) {
    assertSame(suite, CipherSuite.of(code));
    assertEquals(code, suite.code());
    assertEquals(version, suite.version());
    assertEquals(aead, suite.aead());
    assertEquals(hash, suite.hash());
    assertEquals(authentication, suite.authentication());
  }

  @Test
  void knowsNoOtherCodes() {
    assertEquals(9, count(CipherSuite::of));
    assertEquals(4, count(NamedGroup::of));
    assertEquals(12, count(SignatureScheme::of));
  }

  @ParameterizedTest
  @EnumSource
  void namesSuitesAsTheJdkDoes(CipherSuite suite) throws Exception {
    String[] known = SSLContext.getDefault().getServerSocketFactory().getSupportedCipherSuites();
    assertEquals(1, Arrays.stream(known).filter(suite.standardName()::equals).count());
  }

  @ParameterizedTest
  @CsvSource({
    "0x001d, X25519, x25519, true",
    "0x0017, SECP256R1, secp256r1, true",
    "0x0018, SECP384R1, secp384r1, true",
    "0x11ec, X25519MLKEM768, X25519MLKEM768, false"
  })
  void knowsItsGroups(int code, NamedGroup group, String name, boolean tls12) {
    assertSame(group, NamedGroup.of(code));
    assertEquals(code, group.code());
    assertEquals(name, group.standardName());
    assertEquals(tls12, group.usableInTls12());
  }

  @ParameterizedTest
  @CsvSource({
    "0x0403, ecdsa_secp256r1_sha256, SHA256withECDSA, ECDSA",
    "0x0503, ecdsa_secp384r1_sha384, SHA384withECDSA, ECDSA",
    "0x0807, ed25519, Ed25519, ECDSA",
    "0x0804, rsa_pss_rsae_sha256, RSASSA-PSS, RSA",
    "0x0805, rsa_pss_rsae_sha384, RSASSA-PSS, RSA",
    "0x0806, rsa_pss_rsae_sha512, RSASSA-PSS, RSA",
    "0x0809, rsa_pss_pss_sha256, RSASSA-PSS, RSA",
    "0x080a, rsa_pss_pss_sha384, RSASSA-PSS, RSA",
    "0x080b, rsa_pss_pss_sha512, RSASSA-PSS, RSA",
    "0x0401, rsa_pkcs1_sha256, SHA256withRSA, RSA",
    "0x0501, rsa_pkcs1_sha384, SHA384withRSA, RSA",
    "0x0601, rsa_pkcs1_sha512, SHA512withRSA, RSA"
  })
  void knowsItsSignatureSchemes(
      int code, String name, String jcaName, Authentication authentication) {
    SignatureScheme scheme = Objects.requireNonNull(SignatureScheme.of(code));
    assertEquals(code, scheme.code());
    assertEquals(name, scheme.standardName());
    assertEquals(jcaName, scheme.jcaName());
    assertEquals(authentication, scheme.authentication());
  }

  @Test
  void knowsLengths() {
    assertEquals(32, HashAlgorithm.SHA256.length());
    assertEquals(48, HashAlgorithm.SHA384.length());
    assertEquals(16, AeadAlgorithm.AES_128_GCM.keyLength());
    assertEquals(32, AeadAlgorithm.AES_256_GCM.keyLength());
    assertEquals(32, AeadAlgorithm.CHACHA20_POLY1305.keyLength());
    for (AeadAlgorithm aead : AeadAlgorithm.values()) {
      assertEquals(12, aead.nonceLength());
      assertEquals(16, aead.tagLength());
    }
  }

  private static long count(IntFunction<@Nullable Object> of) {
    assertNull(of.apply(-1));
    assertNull(of.apply(0x10000));
    long known = 0;
    for (int code = 0; code <= 0xffff; code++) {
      known += of.apply(code) == null ? 0 : 1;
    }
    return known;
  }
}
