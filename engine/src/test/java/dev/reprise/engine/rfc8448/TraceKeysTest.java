/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.rfc8448;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.rfc8448.Trace.Step;
import dev.reprise.engine.wire.Opaque;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceKeysTest {
  /** RFC 7748, Section 4.1. */
  private static final Opaque BASE_POINT = Opaque.ofHex("09" + "00".repeat(31));

  static Stream<Step> x25519Pairs() {
    return pairs("key-pair x25519");
  }

  static Stream<Step> p256Pairs() {
    return pairs("key-pair P-256");
  }

  private static Stream<Step> pairs(String name) {
    return Trace.all()
        .flatMap(trace -> trace.steps().stream())
        .filter(step -> step.name().equals(name));
  }

  @Test
  void findsElevenKeyPairs() {
    assertEquals(9, x25519Pairs().count());
    assertEquals(2, p256Pairs().count());
  }

  @ParameterizedTest
  @MethodSource("x25519Pairs")
  void computesThePublicKeyFromThePrivateKey(Step pair) throws GeneralSecurityException {
    byte[] publicKey = TraceKeys.x25519(pair.value("private-key"), BASE_POINT);
    assertEquals(pair.value("public-key"), Opaque.takeOver(publicKey));
  }

  @ParameterizedTest
  @MethodSource("p256Pairs")
  void verifiesWithThePublicKeyWhatThePrivateKeySigned(Step pair) throws GeneralSecurityException {
    byte[] content = "a pair?".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(TraceKeys.p256PrivateKey(pair.value("private-key")));
    signature.update(content);
    byte[] signed = signature.sign();
    signature.initVerify(TraceKeys.p256PublicKey(pair.value("public-key")));
    signature.update(content);
    assertTrue(signature.verify(signed));
  }
}
