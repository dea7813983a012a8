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
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.TrafficKeys;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the traces do not show: SHA-384, the order of the stages, and their end. */
class StagesTest {
  private static final CryptoProvider CRYPTO = JcaCryptoProvider.create(new SecureRandom());

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void followsTheDiagramOfSection71(HashAlgorithm hash)
      throws TlsException, GeneralSecurityException {
    String mac = hash == HashAlgorithm.SHA256 ? "HmacSHA256" : "HmacSHA384";
    int length = hash.length();
    byte[] zeros = new byte[length];
    byte[] nothing = EmptyHash.of(hash);
    byte[] messages = filled(7, length);

    EarlySecret early = EarlySecret.of(hkdf(hash), Secret.takeOver(filled(1, length)));
    byte[] expectedEarly = PlainCrypto.hmac(mac, zeros, filled(1, length));
    byte[] binderKey = PlainCrypto.expandLabel(mac, expectedEarly, "res binder", nothing, length);
    assertArrayEquals(finished(mac, binderKey, messages, length), early.binder(messages).toArray());
    assertStage(mac, expectedEarly, "c e traffic", messages, early.clientEarlyTraffic(messages));

    byte[] salt = PlainCrypto.expandLabel(mac, expectedEarly, "derived", nothing, length);
    byte[] expectedHandshake = PlainCrypto.hmac(mac, salt, filled(2, 32));
    HandshakeSecret handshake = early.handshake(Secret.takeOver(filled(2, 32)));
    assertStage(
        mac, expectedHandshake, "c hs traffic", messages, handshake.clientTraffic(messages));
    assertStage(
        mac, expectedHandshake, "s hs traffic", messages, handshake.serverTraffic(messages));

    salt = PlainCrypto.expandLabel(mac, expectedHandshake, "derived", nothing, length);
    byte[] expectedMain = PlainCrypto.hmac(mac, salt, zeros);
    MainSecret main = handshake.main();
    assertStage(mac, expectedMain, "c ap traffic", messages, main.clientTraffic(messages));
    assertStage(mac, expectedMain, "s ap traffic", messages, main.serverTraffic(messages));
    assertStage(
        mac, expectedMain, "exp master", messages, main.exporter(CRYPTO.digests(), messages));
    assertStage(mac, expectedMain, "res master", messages, main.resumption(messages));
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256, AES_128_GCM, 16",
    "SHA384, AES_256_GCM, 32",
    "SHA256, CHACHA20_POLY1305, 32"
  })
  void derivesKeysForEachAead(HashAlgorithm hash, AeadAlgorithm aead, int keyLength)
      throws TlsException, GeneralSecurityException {
    String mac = hash == HashAlgorithm.SHA256 ? "HmacSHA256" : "HmacSHA384";
    byte[] secret = filled(3, hash.length());
    try (TrafficSecret traffic = new TrafficSecret(hkdf(hash), Secret.copyOf(secret));
        TrafficKeys keys = traffic.keys(aead)) {
      assertEquals(aead, keys.aead());
      assertArrayEquals(
          PlainCrypto.expandLabel(mac, secret, "key", new byte[0], keyLength), keys.key().reveal());
      assertArrayEquals(
          PlainCrypto.expandLabel(mac, secret, "iv", new byte[0], 12), keys.iv().reveal());
    }
  }

  @Test
  void updatesTrafficSecretsAndWipesTheOldOne() throws TlsException, GeneralSecurityException {
    TrafficSecret first = traffic(4);
    TrafficSecret second = first.next();
    assertArrayEquals(
        PlainCrypto.expandLabel("HmacSHA256", filled(4, 32), "traffic upd", new byte[0], 32),
        second.secret.reveal());
    assertTrue(first.secret.isClosed());
    assertThrows(IllegalStateException.class, first::next);
    assertFalse(second.secret.isClosed());
  }

  @Test
  void keepsTheTrafficSecretForFinishedAndTheNextOne() throws TlsException {
    TrafficSecret traffic = traffic(4);
    traffic.keys(AeadAlgorithm.AES_128_GCM).close();
    traffic.finished(new byte[32]);
    assertFalse(traffic.secret.isClosed());
  }

  @Test
  @Upholds("E14")
  @Refuses("E15")
  void givesEachTicketItsOwnPsk() throws TlsException, GeneralSecurityException {
    try (ResumptionSecret resumption =
        new ResumptionSecret(hkdf(), Secret.takeOver(filled(5, 32)))) {
      for (String nonce : new String[] {"", "00", "01", "ff".repeat(255)}) {
        byte[] context = Opaque.ofHex(nonce).toArray();
        assertArrayEquals(
            PlainCrypto.expandLabel("HmacSHA256", filled(5, 32), "resumption", context, 32),
            resumption.psk(Opaque.ofHex(nonce)).reveal());
      }
    }
  }

  @Test
  void wipesEachStageWhenItHandsOver() throws TlsException {
    Secret psk = Secret.takeOver(filled(1, 32));
    Secret shared = Secret.takeOver(filled(2, 32));
    EarlySecret early = EarlySecret.of(hkdf(), psk);
    HandshakeSecret handshake = early.handshake(shared);
    assertTrue(early.secret.isClosed());
    assertTrue(shared.isClosed());
    assertFalse(psk.isClosed());
    MainSecret main = handshake.main();
    assertTrue(handshake.secret.isClosed());
    main.resumption(new byte[32]);
    assertTrue(main.secret.isClosed());
  }

  @Test
  void derivesNothingFromAStageThatHandedOver() throws TlsException {
    byte[] hash = new byte[32];
    EarlySecret early = EarlySecret.withoutPsk(hkdf());
    HandshakeSecret handshake = early.handshake(Secret.takeOver(filled(2, 32)));
    assertThrows(IllegalStateException.class, () -> early.binder(hash));
    assertThrows(IllegalStateException.class, () -> early.clientEarlyTraffic(hash));
    assertThrows(
        IllegalStateException.class, () -> early.handshake(Secret.takeOver(filled(2, 32))));
    MainSecret main = handshake.main();
    assertThrows(IllegalStateException.class, () -> handshake.clientTraffic(hash));
    assertThrows(IllegalStateException.class, () -> handshake.serverTraffic(hash));
    assertThrows(IllegalStateException.class, handshake::main);
    main.close();
    assertThrows(IllegalStateException.class, () -> main.clientTraffic(hash));
    assertThrows(IllegalStateException.class, () -> main.exporter(CRYPTO.digests(), hash));
    assertThrows(IllegalStateException.class, () -> main.resumption(hash));
  }

  @Test
  void leavesWhatItDerivedAliveWhenClosed() throws TlsException {
    MainSecret main = main();
    TrafficSecret client = main.clientTraffic(new byte[32]);
    Exporter13 exporter = main.exporter(CRYPTO.digests(), new byte[32]);
    ResumptionSecret resumption = main.resumption(new byte[32]);
    assertFalse(client.secret.isClosed());
    assertFalse(exporter.secret.isClosed());
    assertFalse(resumption.secret.isClosed());
  }

  /** CVE-2026-34873 in general: a secret of zeros is a secret that nobody set. */
  @Test
  void refusesASharedSecretOfZerosAndWipesTheStage() throws TlsException {
    EarlySecret early = EarlySecret.withoutPsk(hkdf());
    refuses(() -> early.handshake(Secret.takeOver(new byte[32])));
    assertTrue(early.secret.isClosed());
  }

  @Test
  void refusesAPskOfZeros() {
    refuses(() -> EarlySecret.of(hkdf(), Secret.takeOver(new byte[32])));
    refuses(() -> EarlySecret.of(hkdf(), Secret.takeOver(new byte[0])));
  }

  private static void assertStage(
      String mac, byte[] from, String label, byte[] messages, Stage stage)
      throws GeneralSecurityException {
    assertArrayEquals(
        PlainCrypto.expandLabel(mac, from, label, messages, messages.length),
        stage.secret.reveal());
  }

  private static byte[] finished(String mac, byte[] baseKey, byte[] messages, int length)
      throws GeneralSecurityException {
    byte[] key = PlainCrypto.expandLabel(mac, baseKey, "finished", new byte[0], length);
    return PlainCrypto.hmac(mac, key, messages);
  }

  private static void refuses(Executable derivation) {
    TlsException refusal = assertThrows(TlsException.class, derivation);
    assertEquals(AlertDescription.INTERNAL_ERROR, refusal.alert());
  }

  private static MainSecret main() throws TlsException {
    return EarlySecret.withoutPsk(hkdf()).handshake(Secret.takeOver(filled(2, 32))).main();
  }

  private static TrafficSecret traffic(int fill) throws TlsException {
    return new TrafficSecret(hkdf(), Secret.takeOver(filled(fill, 32)));
  }

  private static Hkdf hkdf() throws TlsException {
    return hkdf(HashAlgorithm.SHA256);
  }

  private static Hkdf hkdf(HashAlgorithm hash) throws TlsException {
    return new Hkdf(hash, CRYPTO);
  }

  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
