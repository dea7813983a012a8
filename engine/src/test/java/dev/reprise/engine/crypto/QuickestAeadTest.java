/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whichever way a record goes, it is the JDK's record: also long ones in direct memory, which go
 * either way on one processor or the other.
 */
@ParameterizedClass
@ValueSource(booleans = {false, true})
final class QuickestAeadTest {
  private static final byte[] ADDITIONAL = {23, 3, 3, 1, 61};
  private static final int[] LENGTHS = {0, 1, 17, 1023, 1024, 1025, 4095, 4096, 16_384, 16_895};

  private final AeadCiphers ciphers;

  QuickestAeadTest(boolean longOnes) {
    ciphers = new JcaAeadCiphers(Library.FASTEST.providers(), longOnes);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(AeadAlgorithm.AES_128_GCM, AeadAlgorithm.AES_256_GCM)
        .flatMap(algorithm ->
            Stream.of(false, true)
                .flatMap(
                    in -> Stream.of(false, true).map(out -> Arguments.of(algorithm, in, out))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sealsAsTheJdkDoesAndOpensWhatItSealed(
      AeadAlgorithm algorithm, boolean directIn, boolean directOut) throws TlsException {
    SealedPair jdk = new SealedPair(algorithm);
    SealedPair pair = new SealedPair(ciphers, algorithm);
    int sequence = 0;
    for (int length : LENGTHS) {
      for (int trailing : new int[] {Aead.NO_TRAILING_BYTE, 0, 23}) {
        byte[] plain = SealedPair.plain(length);
        byte[] expected = jdk.seal(++sequence, ADDITIONAL, plain, trailing);
        ByteBuffer sealed = room(directOut, expected.length);
        pair.sealing.seal(
            SealedPair.nonce(sequence),
            ADDITIONAL,
            ADDITIONAL.length,
            holding(directIn, plain),
            trailing,
            sealed);
        assertArrayEquals(expected, bytes(sealed.flip()));
        ByteBuffer opened = room(directOut, expected.length - 16);
        pair.opening.open(
            SealedPair.nonce(sequence),
            ADDITIONAL,
            ADDITIONAL.length,
            holding(directIn, expected),
            opened);
        byte[] whole = Arrays.copyOf(plain, expected.length - 16);
        if (trailing != Aead.NO_TRAILING_BYTE) {
          whole[length] = (byte) trailing;
        }
        assertArrayEquals(whole, bytes(opened.flip()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"60", "5000", "16384"})
  void leavesNoPlaintextOfAForgeryInDirectMemory(int length) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, AeadAlgorithm.AES_128_GCM);
    byte[] forged = pair.seal(1, ADDITIONAL, SealedPair.plain(length), Aead.NO_TRAILING_BYTE);
    forged[forged.length - 1] ^= 1;
    ByteBuffer sealed = holding(true, forged);
    ByteBuffer opened = room(true, length + 100);
    assertAlert(
        AlertDescription.BAD_RECORD_MAC,
        () ->
            pair.opening.open(SealedPair.nonce(1), ADDITIONAL, ADDITIONAL.length, sealed, opened));
    assertEquals(0, sealed.position());
    assertEquals(0, opened.position());
    assertArrayEquals(new byte[length + 100], bytes(opened));
  }

  /** Shifted either way, and not at all. */
  @ParameterizedTest
  @CsvSource({"0", "1", "16", "300", "-1", "-16", "-300"})
  void worksWithinOneDirectBuffer(int shift) throws TlsException {
    for (int length : new int[] {100, 5000}) {
      SealedPair pair = new SealedPair(ciphers, AeadAlgorithm.AES_128_GCM);
      byte[] plain = SealedPair.plain(length);
      byte[] expected = new SealedPair(AeadAlgorithm.AES_128_GCM).seal(1, ADDITIONAL, plain, 23);
      ByteBuffer memory = room(true, 7000).put(500, plain);
      ByteBuffer place = memory.duplicate().limit(500 + shift + expected.length);
      seal(pair, memory.duplicate().limit(500 + length).position(500), place.position(500 + shift));
      assertArrayEquals(expected, bytes(place.position(500 + shift)));
      ByteBuffer opened = memory.duplicate().limit(500 + length + 1).position(500);
      pair.opening.open(SealedPair.nonce(1), ADDITIONAL, ADDITIONAL.length, place, opened);
      assertArrayEquals(plain, bytes(opened.limit(500 + length).position(500)));
    }
  }

  @Test
  void aRecordLongerThanTheRoomIsSealedAllTheSame() throws TlsException {
    byte[] plain = SealedPair.plain(40_000);
    SealedPair pair = new SealedPair(ciphers, AeadAlgorithm.AES_128_GCM);
    byte[] sealed = pair.seal(1, ADDITIONAL, plain, 23);
    assertArrayEquals(Arrays.copyOf(pair.open(1, ADDITIONAL, sealed), 40_000), plain);
  }

  @ParameterizedTest
  @CsvSource({"5, 2000", "2000, 5", "5, 16000", "2000, 16000", "5, 5"})
  void doesNotSealTwiceUnderOneNonceWhicheverWayEachGoes(int first, int second)
      throws TlsException {
    SealedPair pair = new SealedPair(ciphers, AeadAlgorithm.AES_128_GCM);
    pair.seal(1, ADDITIONAL, SealedPair.plain(first), 23);
    assertAlert(
        AlertDescription.INTERNAL_ERROR,
        () -> pair.seal(1, ADDITIONAL, SealedPair.plain(second), 23));
  }

  @Test
  void aForgeryCostsNoCipher() throws Exception {
    DirectCiphers direct = new DirectCiphers(Library.loaded(NativeLibrary.CONSCRYPT), true);
    DirectCipher only = direct.take();
    direct.giveBack(only);
    DirectAead opening =
        new DirectAead(
            direct, AeadAlgorithm.AES_128_GCM, Cipher.DECRYPT_MODE, Secret.takeOver(new byte[16]));
    for (int i = 0; i < 20; i++) {
      byte[] nonce = SealedPair.nonce(i);
      assertAlert(
          AlertDescription.BAD_RECORD_MAC,
          () -> SealedPair.open(opening, nonce, ADDITIONAL, new byte[60]));
    }
    assertSame(only, direct.take());
  }

  /** What the provider has read or written when it fails is in none of the buffers. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatAProviderThrowsIsAnAlertAndLeavesNothing(boolean directOut) {
    Provider faulty = new FaultyProvider(JcaProviders.jdk().aesGcm(), "Cipher");
    DirectAead sealing =
        new DirectAead(
            new DirectCiphers(faulty, true),
            AeadAlgorithm.AES_128_GCM,
            Cipher.ENCRYPT_MODE,
            Secret.takeOver(new byte[16]));
    ByteBuffer out = room(directOut, 100);
    assertAlert(
        AlertDescription.INTERNAL_ERROR,
        () ->
            sealing.seal(
                SealedPair.nonce(1),
                ADDITIONAL,
                ADDITIONAL.length,
                ByteBuffer.wrap(SealedPair.plain(60)),
                23,
                out));
    assertArrayEquals(new byte[100], bytes(out));
  }

  @Test
  void aProviderThatWritesToItsKeyIsNotTaken() {
    Provider jdk = JcaProviders.jdk().aesGcm();
    GeneralSecurityException why =
        assertThrows(
            GeneralSecurityException.class,
            () -> ProviderProbe.DIRECT_AES_GCM.check(jdk, SeededRandom.of(1)));
    assertEquals("it writes to the key", why.getMessage());
  }

  @Test
  void isClosedBothWays() throws TlsException {
    for (int length : new int[] {5, 2000, 16_000}) {
      SealedPair pair = new SealedPair(ciphers, AeadAlgorithm.AES_128_GCM);
      byte[] sealed = pair.seal(1, ADDITIONAL, SealedPair.plain(length), 23);
      pair.open(1, ADDITIONAL, sealed);
      pair.sealing.close();
      pair.opening.close();
      assertAlert(
          AlertDescription.INTERNAL_ERROR,
          () -> pair.seal(2, ADDITIONAL, SealedPair.plain(length), 23));
      assertAlert(AlertDescription.INTERNAL_ERROR, () -> pair.open(1, ADDITIONAL, sealed));
    }
  }

  /** Its provider keeps the array that it is given; so that has to be the one that is wiped. */
  @Test
  void noCopyOfTheKeyOutlivesIt() throws TlsException {
    Secret secret =
        Secret.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    byte[] shown = SecretBytesKey.lent(secret, "AES").getEncoded();
    DirectAead aead =
        new DirectAead(
            new DirectCiphers(Library.loaded(NativeLibrary.CONSCRYPT), true),
            AeadAlgorithm.AES_128_GCM,
            Cipher.ENCRYPT_MODE,
            secret);
    SealedPair.seal(aead, SealedPair.nonce(1), ADDITIONAL, SealedPair.plain(5), 23);
    aead.close();
    assertArrayEquals(new byte[16], shown);
  }

  @Test
  void theRoomHoldsNoPlaintextAfterwards() throws Exception {
    DirectCiphers direct = new DirectCiphers(Library.loaded(NativeLibrary.CONSCRYPT), true);
    SealedPair jdk = new SealedPair(AeadAlgorithm.AES_128_GCM);
    byte[] plain = SealedPair.plain(900);
    byte[] sealed = jdk.seal(1, ADDITIONAL, plain, Aead.NO_TRAILING_BYTE);
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) 0x5a);
    DirectAead opening =
        new DirectAead(
            direct, AeadAlgorithm.AES_128_GCM, Cipher.DECRYPT_MODE, Secret.takeOver(key));
    assertArrayEquals(plain, SealedPair.open(opening, SealedPair.nonce(1), ADDITIONAL, sealed));
    DirectCipher used = direct.take();
    assertArrayEquals(new byte[DirectCipher.ROOM], bytes(used.room()));
  }

  private static void seal(SealedPair pair, ByteBuffer in, ByteBuffer out) throws TlsException {
    pair.sealing.seal(SealedPair.nonce(1), ADDITIONAL, ADDITIONAL.length, in, 23, out);
  }

  private static ByteBuffer room(boolean direct, int length) {
    return direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
  }

  private static ByteBuffer holding(boolean direct, byte[] content) {
    return room(direct, content.length).put(content).flip();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }
}
