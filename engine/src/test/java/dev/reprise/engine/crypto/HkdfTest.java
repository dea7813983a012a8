/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.hex;
import static dev.reprise.engine.crypto.TestCrypto.secret;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.TlsException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HkdfTest {
  private static final byte[] NO_CONTEXT = {};

  @ParameterizedTest(name = "RFC 5869, Appendix {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A.1 | 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b | 000102030405060708090a0b0c \
          | f0f1f2f3f4f5f6f7f8f9 | 42 \
          | 077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5 \
          | 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865
          A.2 | 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627\
          28292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f \
          | 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f8081828384858687\
          88898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf \
          | b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7\
          d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff | 82 \
          | 06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244 \
          | b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac78272\
          71cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87
          A.3 | 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b | '' | '' | 42 \
          | 19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04 \
          | 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8
          """)
  void derivesWhatTheRfcDoes(
      String name, String ikm, String salt, String info, int length, String prk, String okm)
      throws TlsException {
    Hkdf hkdf = hkdf(HashAlgorithm.SHA256);
    Secret extracted = hkdf.extract(secret(salt), secret(ikm));
    assertEquals(prk, hex(extracted.reveal()), name);
    assertEquals(okm, hex(hkdf.expand(extracted, hex(info), length).reveal()), name);
  }

  @Test
  void startsTheKeyScheduleOfRfc8448() throws TlsException {
    Hkdf hkdf = hkdf(HashAlgorithm.SHA256);
    Secret early = hkdf.extract(null, null);
    assertEquals(
        "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a", hex(early.reveal()));
    byte[] emptyHash = hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Secret derived = hkdf.expandLabel(early, "derived", emptyHash, 32);
    assertEquals(
        "6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba", hex(derived.reveal()));
  }

  @Test
  void derivesTheTrafficKeyOfRfc8448() throws TlsException {
    Hkdf hkdf = hkdf(HashAlgorithm.SHA256);
    Secret traffic = secret("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
    assertEquals(
        "3fce516009c21727d0f2e4e86ee403bc",
        hex(hkdf.expandLabel(traffic, "key", NO_CONTEXT, 16).reveal()));
    assertEquals(
        "5d313eb2671276ee13000b30", hex(hkdf.expandLabelBytes(traffic, "iv", NO_CONTEXT, 12)));
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheJdkAtEveryLength(HashAlgorithm hash) throws Exception {
    Hkdf hkdf = hkdf(hash);
    byte[] key = new byte[hash.length()];
    byte[] info = {1, 2, 3};
    KDF jdk = KDF.getInstance("HKDF-" + hash.digestName().replace("-", ""));
    for (int length = 1; length < 4 * hash.length(); length++) {
      byte[] expected =
          jdk.deriveData(
              HKDFParameterSpec.expandOnly(new SecretKeySpec(key, "Generic"), info, length));
      assertArrayEquals(
          expected, hkdf.expand(Secret.copyOf(key), info, length).reveal(), "length " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext binder", "res binder", "c e traffic", "e exp master", "derived", "c hs traffic",
        "s hs traffic", "c ap traffic", "s ap traffic", "exp master", "res master", "resumption",
        "exporter", "traffic upd", "finished", "key", "iv", "EXPERIMENTAL of my own"
      })
  void putsTheWholeLabelIntoTheInfo(String label) throws TlsException {
    Hkdf hkdf = hkdf(HashAlgorithm.SHA384);
    Secret secret = Secret.takeOver(new byte[48]);
    byte[] context = new byte[48];
    Arrays.fill(context, (byte) 7);
    String info = "0030" + lengthed("tls13 " + label) + "30" + hex(context);
    assertArrayEquals(
        hkdf.expand(secret, hex(info), 48).reveal(),
        hkdf.expandLabelBytes(secret, label, context, 48));
  }

  @Test
  void takesLabelsAndContextsUpToTheirFullLength() throws TlsException {
    Hkdf hkdf = hkdf(HashAlgorithm.SHA256);
    Secret secret = Secret.takeOver(new byte[32]);
    String longest = "x".repeat(249);
    byte[] context = new byte[255];
    String info = "0020" + lengthed("tls13 " + longest) + "ff" + hex(context);
    assertArrayEquals(
        hkdf.expand(secret, hex(info), 32).reveal(),
        hkdf.expandLabelBytes(secret, longest, context, 32));
    assertRefused(() -> hkdf.expandLabel(secret, longest + "x", context, 32));
    assertRefused(() -> hkdf.expandLabel(secret, "key", new byte[256], 32));
    assertRefused(() -> hkdf.expandLabel(secret, "", context, 32));
  }

  @Test
  void expandsToAtMost255Hashes() throws TlsException {
    Hkdf hkdf = hkdf(HashAlgorithm.SHA256);
    Secret secret = Secret.takeOver(new byte[32]);
    assertEquals(255 * 32, hkdf.expand(secret, NO_CONTEXT, 255 * 32).length());
    assertEquals(0, hkdf.expand(secret, NO_CONTEXT, 0).length());
    assertRefused(() -> hkdf.expand(secret, NO_CONTEXT, 255 * 32 + 1));
    assertRefused(() -> hkdf.expand(secret, NO_CONTEXT, -1));
  }

  @Test
  void takesNullForAHashOfZeros() throws TlsException {
    for (HashAlgorithm hash : HashAlgorithm.values()) {
      Hkdf hkdf = hkdf(hash);
      Secret zeros = Secret.takeOver(new byte[hash.length()]);
      Secret some = Secret.takeOver(new byte[] {1});
      assertArrayEquals(hkdf.extract(zeros, some).reveal(), hkdf.extract(null, some).reveal());
      assertArrayEquals(hkdf.extract(some, zeros).reveal(), hkdf.extract(some, null).reveal());
    }
  }

  @Test
  void changesKeysBetweenOneUseAndTheNext() throws TlsException {
    Hkdf kept = hkdf(HashAlgorithm.SHA256);
    Secret one = Secret.takeOver(new byte[] {1});
    Secret two = Secret.takeOver(new byte[] {2});
    for (Secret secret : new Secret[] {one, one, two, one, two, two}) {
      assertArrayEquals(
          hkdf(HashAlgorithm.SHA256).hmac().mac(secret, NO_CONTEXT),
          kept.hmac().mac(secret, NO_CONTEXT));
    }
  }

  @Test
  void doesNotUseAClosedSecretThatItsMacStillHolds() throws TlsException {
    Hkdf hkdf = hkdf(HashAlgorithm.SHA256);
    Secret secret = Secret.takeOver(new byte[32]);
    hkdf.expandLabelBytes(secret, "key", NO_CONTEXT, 16);
    secret.close();
    assertThrows(
        IllegalStateException.class, () -> hkdf.expandLabelBytes(secret, "iv", NO_CONTEXT, 12));
    assertThrows(IllegalStateException.class, () -> hkdf.extract(null, secret));
  }

  private static Hkdf hkdf(HashAlgorithm hash) throws TlsException {
    return new Hkdf(hash, TestCrypto.jdk());
  }

  private static String lengthed(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    return String.format("%02x", ascii.length) + hex(ascii);
  }

  private static void assertRefused(Executable executable) {
    assertThrows(IllegalArgumentException.class, executable);
  }
}
