/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.rules.Upholds;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Tls12SecretsTest {
  private static final CryptoProvider CRYPTO = JcaCryptoProvider.create(new SecureRandom());

  private static final byte[] PRE_MAIN = counting(1, 32);
  private static final byte[] MAIN = counting(50, 48);
  private static final byte[] CLIENT_RANDOM = counting(100, 32);
  private static final byte[] SERVER_RANDOM = counting(140, 32);

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void derivesTheExtendedMainSecretFromTheSessionHash(HashAlgorithm hash)
      throws TlsException, GeneralSecurityException {
    byte[] sessionHash = counting(7, hash.length());
    Secret preMain = Secret.copyOf(PRE_MAIN);
    Secret main = Tls12Secrets.extendedMainSecret(prf(hash), preMain, sessionHash);
    assertArrayEquals(
        PlainCrypto.prf(mac(hash), PRE_MAIN, "extended master secret", sessionHash, 48),
        main.reveal());
    assertTrue(preMain.isClosed());
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void derivesTheMainSecretFromBothRandoms(HashAlgorithm hash)
      throws TlsException, GeneralSecurityException {
    Secret preMain = Secret.copyOf(PRE_MAIN);
    Secret main =
        Tls12Secrets.mainSecret(prf(hash), preMain, random(CLIENT_RANDOM), random(SERVER_RANDOM));
    byte[] seed = PlainCrypto.concat(CLIENT_RANDOM, SERVER_RANDOM);
    assertArrayEquals(
        PlainCrypto.prf(mac(hash), PRE_MAIN, "master secret", seed, 48), main.reveal());
    assertTrue(preMain.isClosed());
  }

  /** RFC 5246, Section 6.3: client key, server key, client IV, server IV; server random first. */
  @ParameterizedTest
  @CsvSource({
    "SHA256, AES_128_GCM, 16, 4",
    "SHA384, AES_256_GCM, 32, 4",
    "SHA256, CHACHA20_POLY1305, 32, 12"
  })
  void cutsTheKeyBlockInOrder(HashAlgorithm hash, AeadAlgorithm aead, int key, int iv)
      throws TlsException, GeneralSecurityException {
    Tls12KeyBlock keys = keyBlock(hash, aead);
    byte[] block =
        PlainCrypto.prf(
            mac(hash),
            MAIN,
            "key expansion",
            PlainCrypto.concat(SERVER_RANDOM, CLIENT_RANDOM),
            2 * key + 2 * iv);
    assertArrayEquals(Arrays.copyOfRange(block, 0, key), keys.client().key().reveal());
    assertArrayEquals(Arrays.copyOfRange(block, key, 2 * key), keys.server().key().reveal());
    assertArrayEquals(
        Arrays.copyOfRange(block, 2 * key, 2 * key + iv), keys.client().iv().reveal());
    assertArrayEquals(
        Arrays.copyOfRange(block, 2 * key + iv, 2 * key + 2 * iv), keys.server().iv().reveal());
    assertEquals(aead, keys.client().aead());
    assertEquals(aead, keys.server().aead());
  }

  @Test
  @Upholds("A11")
  void givesEachConnectionOfASessionItsOwnKeys() throws TlsException {
    Tls12KeyBlock first = keyBlock(HashAlgorithm.SHA256, AeadAlgorithm.AES_128_GCM);
    Tls12KeyBlock second =
        Tls12Secrets.keyBlock(
            prf(HashAlgorithm.SHA256),
            Secret.copyOf(MAIN),
            random(CLIENT_RANDOM),
            random(counting(141, 32)),
            AeadAlgorithm.AES_128_GCM);
    assertFalse(first.client().key().sameAs(second.client().key()));
    assertFalse(first.server().key().sameAs(second.server().key()));
    assertFalse(first.client().key().sameAs(first.server().key()));
  }

  @Test
  void wipesTheWholeKeyBlock() throws TlsException {
    Tls12KeyBlock keys = keyBlock(HashAlgorithm.SHA256, AeadAlgorithm.AES_128_GCM);
    keys.close();
    assertTrue(keys.client().key().isClosed());
    assertTrue(keys.client().iv().isClosed());
    assertTrue(keys.server().key().isClosed());
    assertTrue(keys.server().iv().isClosed());
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void computesBothFinished(HashAlgorithm hash) throws TlsException, GeneralSecurityException {
    byte[] transcript = counting(9, hash.length());
    Secret main = Secret.copyOf(MAIN);
    Opaque client = Tls12Secrets.clientFinished(prf(hash), main, transcript);
    Opaque server = Tls12Secrets.serverFinished(prf(hash), main, transcript);
    assertArrayEquals(
        PlainCrypto.prf(mac(hash), MAIN, "client finished", transcript, 12), client.toArray());
    assertArrayEquals(
        PlainCrypto.prf(mac(hash), MAIN, "server finished", transcript, 12), server.toArray());
    assertFalse(main.isClosed());
  }

  /** CVE-2026-34873: a session that was resumed with a main secret nobody had set. */
  @Test
  void refusesAMainSecretOfZerosWhereverOneIsUsed() {
    Secret zeros = Secret.takeOver(new byte[48]);
    Tls12Prf prf = prf();
    byte[] hash = new byte[32];
    Opaque client = random(CLIENT_RANDOM);
    Opaque server = random(SERVER_RANDOM);
    refuses(() -> Tls12Secrets.clientFinished(prf, zeros, hash));
    refuses(() -> Tls12Secrets.serverFinished(prf, zeros, hash));
    refuses(() -> Tls12Secrets.keyBlock(prf, zeros, client, server, AeadAlgorithm.AES_128_GCM));
    refuses(() -> Exporter12.of(prf, zeros, client, server));
  }

  @Test
  void refusesAPreMainSecretOfZerosAndWipesIt() {
    Secret zeros = Secret.takeOver(new byte[32]);
    refuses(() -> Tls12Secrets.extendedMainSecret(prf(), zeros, new byte[32]));
    assertTrue(zeros.isClosed());
    Secret more = Secret.takeOver(new byte[32]);
    refuses(
        () -> Tls12Secrets.mainSecret(prf(), more, random(CLIENT_RANDOM), random(SERVER_RANDOM)));
  }

  @Test
  void acceptsAMainSecretWithASingleBitSet() throws TlsException {
    for (int at : new int[] {0, 23, 47}) {
      byte[] almostZero = new byte[48];
      almostZero[at] = (byte) 0x80;
      Tls12Secrets.clientFinished(prf(), Secret.takeOver(almostZero), new byte[32]);
    }
  }

  @Test
  void refusesASecretThatWasWiped() {
    Secret main = Secret.copyOf(MAIN);
    main.close();
    assertThrows(
        IllegalStateException.class, () -> Tls12Secrets.clientFinished(prf(), main, new byte[32]));
  }

  private static void refuses(Executable derivation) {
    TlsException refusal = assertThrows(TlsException.class, derivation);
    assertEquals(AlertDescription.INTERNAL_ERROR, refusal.alert());
    assertTrue(refusal.failure().sentence().contains("zeros"));
  }

  private static Tls12KeyBlock keyBlock(HashAlgorithm hash, AeadAlgorithm aead)
      throws TlsException {
    return Tls12Secrets.keyBlock(
        prf(hash), Secret.copyOf(MAIN), random(CLIENT_RANDOM), random(SERVER_RANDOM), aead);
  }

  private static Tls12Prf prf() {
    try {
      return prf(HashAlgorithm.SHA256);
    } catch (TlsException e) {
      throw new AssertionError(e);
    }
  }

  private static Tls12Prf prf(HashAlgorithm hash) throws TlsException {
    return new Tls12Prf(hash, CRYPTO);
  }

  private static String mac(HashAlgorithm hash) {
    return hash == HashAlgorithm.SHA256 ? "HmacSHA256" : "HmacSHA384";
  }

  private static Opaque random(byte[] bytes) {
    return Opaque.copyOf(bytes);
  }

  private static byte[] counting(int from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }
}
