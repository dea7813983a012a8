/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.hex;
import static dev.reprise.engine.crypto.TestCrypto.secret;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.TlsException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors are those that the TLS working group's list has used since 2008. */
final class Tls12PrfTest {
  @Test
  void expandsTheKnownVectorOfSha256() throws TlsException {
    byte[] expanded =
        prf(HashAlgorithm.SHA256)
            .expand(
                secret("9bbe436ba940f017b17652849a71db35"),
                "test label",
                hex("a0ba9f936cda311827a6f796ffd5198c"),
                100);
    assertEquals(
        "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9"
            + "c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789ba"
            + "a48082d122ee42c5a72e5a5110fff70187347b66",
        hex(expanded));
  }

  @Test
  void expandsTheKnownVectorOfSha384() throws TlsException {
    byte[] expanded =
        prf(HashAlgorithm.SHA384)
            .expand(
                secret("b80b733d6ceefcdc71566ea48e5567df"),
                "test label",
                hex("cd665cf6a8447dd6ff8b27555edb7465"),
                148);
    assertEquals(
        "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe3"
            + "4f82b1233c9146a0e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3"
            + "d416d473ebc2c5fd4abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236"
            + "a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f",
        hex(expanded));
  }

  @Test
  void givesTheBeginningOfTheSameAtEveryLength() throws TlsException {
    Tls12Prf prf = prf(HashAlgorithm.SHA256);
    Secret secret = Secret.takeOver(new byte[48]);
    byte[] seed = new byte[64];
    byte[] whole = prf.expand(secret, "key expansion", seed, 200);
    for (int length = 0; length < whole.length; length++) {
      assertArrayEquals(
          Arrays.copyOf(whole, length), prf.expand(secret, "key expansion", seed, length));
    }
  }

  @Test
  void takesSeedsOfAnyLength() throws TlsException {
    Secret secret = Secret.takeOver(new byte[48]);
    byte[] seed = new byte[70_000];
    seed[69_999] = 1;
    byte[] other = prf(HashAlgorithm.SHA256).expand(secret, "EXPORTER", seed, 32);
    byte[] shorter = prf(HashAlgorithm.SHA256).expand(secret, "EXPORTER", new byte[69_999], 32);
    assertFalse(Arrays.equals(other, shorter));
  }

  @Test
  void treatsKnownLabelsLikeAnyOther() throws TlsException {
    Tls12Prf prf = prf(HashAlgorithm.SHA256);
    Secret secret = Secret.takeOver(new byte[48]);
    byte[] seed = {'x', 'y'};
    for (String label :
        List.of(
            "master secret",
            "extended master secret",
            "key expansion",
            "client finished",
            "server finished")) {
      // Label and seed are joined without a mark, so a shorter label takes this way round.
      byte[] joined = (label + "xy").substring(1).getBytes(StandardCharsets.US_ASCII);
      assertArrayEquals(
          prf.expand(secret, label.substring(0, 1), joined, 48),
          prf.expand(secret, label, seed, 48));
    }
  }

  @Test
  void refusesAClosedSecret() throws TlsException {
    Tls12Prf prf = prf(HashAlgorithm.SHA256);
    Secret secret = Secret.takeOver(new byte[48]);
    prf.expand(secret, "client finished", new byte[32], 12);
    secret.close();
    assertThrows(
        IllegalStateException.class, () -> prf.expand(secret, "server finished", new byte[32], 12));
  }

  private static Tls12Prf prf(HashAlgorithm hash) throws TlsException {
    return new Tls12Prf(hash, TestCrypto.jdk());
  }
}
