/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static dev.reprise.engine.crypto.TestCrypto.hex;
import static dev.reprise.engine.crypto.TestCrypto.secret;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sealed and what is opened; {@link AeadBufferTest} is about where it lies. */
@ParameterizedClass
@EnumSource(Library.class)
final class AeadTest {
  private static final byte[] ADDITIONAL = {23, 3, 3, 0, 40};
  private static final int LENGTH = 40;

  private final AeadCiphers ciphers;

  AeadTest(Library library) {
    ciphers = library.aeads();
  }

  /**
   * Test cases 4 and 16 of "The Galois/Counter Mode of Operation" (McGrew and Viega), and RFC 8439,
   * Section 2.8.2.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AES_128_GCM | feffe9928665731c6d6a8f9467308308 | cafebabefacedbaddecaf888 \
          | feedfacedeadbeeffeedfacedeadbeefabaddad2 \
          | d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c9595680953\
          2fcf0e2449a6b525b16aedf5aa0de657ba637b39 \
          | 42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c\
          7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47
          AES_256_GCM | feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308 \
          | cafebabefacedbaddecaf888 | feedfacedeadbeeffeedfacedeadbeefabaddad2 \
          | d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c9595680953\
          2fcf0e2449a6b525b16aedf5aa0de657ba637b39 \
          | 522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3d\
          a7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b
          CHACHA20_POLY1305 | 808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f \
          | 070000004041424344454647 | 50515253c0c1c2c3c4c5c6c7 \
          | 4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f6620273939\
          3a204966204920636f756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220\
          746865206675747572652c2073756e73637265656e20776f756c642062652069742e \
          | d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca96712\
          82fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58\
          fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116\
          1ae10b594f09e26a7e902ecbd0600691
          """)
  void sealsAndOpensKnownVectors(
      AeadAlgorithm algorithm, String key, String nonce, String data, String plain, String sealed)
      throws TlsException {
    byte[] additional = hex(data);
    ByteBuffer out = ByteBuffer.allocate(hex(sealed).length);
    ciphers
        .sealing(algorithm, secret(key))
        .seal(hex(nonce), additional, additional.length, ByteBuffer.wrap(hex(plain)), -1, out);
    assertEquals(sealed, hex(out.array()));
    ByteBuffer opened = ByteBuffer.allocate(hex(plain).length);
    ciphers
        .opening(algorithm, secret(key))
        .open(hex(nonce), additional, additional.length, out.flip(), opened);
    assertEquals(plain, hex(opened.array()));
  }

  @ParameterizedTest
  @EnumSource
  void opensWhatWasSealedOfEveryLength(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    for (int length = 0; length < 200; length++) {
      byte[] plain = SealedPair.plain(length);
      byte[] sealed = pair.seal(length, ADDITIONAL, plain, Aead.NO_TRAILING_BYTE);
      assertEquals(length + 16, sealed.length);
      assertArrayEquals(plain, pair.open(length, ADDITIONAL, sealed));
    }
    byte[] record = SealedPair.plain(16_384);
    byte[] sealed = pair.seal(999, ADDITIONAL, record, Aead.NO_TRAILING_BYTE);
    assertArrayEquals(record, pair.open(999, ADDITIONAL, sealed));
  }

  @ParameterizedTest
  @EnumSource
  void sealsTheTrailingByteAsIfItWerePlaintext(AeadAlgorithm algorithm) throws TlsException {
    for (int length = 0; length < 200; length++) {
      byte[] plain = SealedPair.plain(length);
      for (int trailing : new int[] {0, 23, 255}) {
        byte[] whole = Arrays.copyOf(plain, length + 1);
        whole[length] = (byte) trailing;
        assertArrayEquals(
            new SealedPair(ciphers, algorithm).seal(1, ADDITIONAL, whole, Aead.NO_TRAILING_BYTE),
            new SealedPair(ciphers, algorithm).seal(1, ADDITIONAL, plain, trailing));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryBitFlip(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    byte[] sealed = pair.seal(1, ADDITIONAL, SealedPair.plain(LENGTH), 22);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] touched = TestCrypto.flipped(sealed, bit);
      assertForged(() -> pair.open(1, ADDITIONAL, touched));
    }
    for (int bit = 0; bit < 8 * ADDITIONAL.length; bit++) {
      byte[] touched = TestCrypto.flipped(ADDITIONAL, bit);
      assertForged(() -> pair.open(1, touched, sealed));
    }
    for (int bit = 0; bit < 8 * 12; bit++) {
      byte[] nonce = TestCrypto.flipped(SealedPair.nonce(1), bit);
      assertForged(() -> pair.open(nonce, ADDITIONAL, sealed));
    }
    assertEquals(LENGTH + 1, pair.open(1, ADDITIONAL, sealed).length);
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryTruncationAndOneByteTooMany(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    byte[] sealed = pair.seal(1, ADDITIONAL, SealedPair.plain(LENGTH), 22);
    for (int length = 0; length <= sealed.length + 1; length++) {
      if (length != sealed.length) {
        byte[] cut = Arrays.copyOf(sealed, length);
        assertForged(() -> pair.open(1, ADDITIONAL, cut));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void authenticatesAsMuchAdditionalDataAsItIsTold(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    byte[] sealed = pair.seal(1, ADDITIONAL, SealedPair.plain(LENGTH), 22);
    byte[] longer = Arrays.copyOf(ADDITIONAL, 20);
    assertForged(() -> pair.open(1, longer, sealed));
    ByteBuffer out = ByteBuffer.allocate(LENGTH + 1);
    pair.opening.open(SealedPair.nonce(1), longer, ADDITIONAL.length, ByteBuffer.wrap(sealed), out);
    assertEquals(0, out.remaining());
  }

  @ParameterizedTest
  @EnumSource
  void worksOnAfterAForgery(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    byte[] first = pair.seal(1, ADDITIONAL, SealedPair.plain(LENGTH), 22);
    byte[] second = pair.seal(2, ADDITIONAL, SealedPair.plain(LENGTH), 22);
    assertForged(() -> pair.open(2, ADDITIONAL, first));
    pair.open(1, ADDITIONAL, first);
    pair.open(2, ADDITIONAL, second);
    pair.open(2, ADDITIONAL, second);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotSealTwiceUnderOneNonce(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    pair.seal(1, ADDITIONAL, SealedPair.plain(LENGTH), 22);
    assertAlert(
        AlertDescription.INTERNAL_ERROR,
        () -> pair.seal(1, ADDITIONAL, SealedPair.plain(LENGTH), 22));
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsOwnCopyOfTheKey(AeadAlgorithm algorithm) throws TlsException {
    Secret key = Secret.takeOver(new byte[algorithm.keyLength()]);
    Aead aead = ciphers.sealing(algorithm, key);
    key.close();
    SealedPair.seal(aead, SealedPair.nonce(1), ADDITIONAL, SealedPair.plain(1), -1);
  }

  @ParameterizedTest
  @EnumSource
  void worksInOneDirectionUntilItIsClosed(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    byte[] plain = SealedPair.plain(LENGTH);
    byte[] nonce = SealedPair.nonce(1);
    byte[] sealed = pair.seal(1, ADDITIONAL, plain, 22);
    assertInternal(() -> SealedPair.seal(pair.opening, nonce, ADDITIONAL, plain, 22));
    assertInternal(() -> SealedPair.open(pair.sealing, nonce, ADDITIONAL, sealed));
    pair.sealing.close();
    pair.opening.close();
    pair.opening.close();
    assertInternal(() -> pair.seal(2, ADDITIONAL, plain, 22));
    assertInternal(() -> pair.open(1, ADDITIONAL, sealed));
  }

  @Test
  void wantsKeysAndNoncesOfTheRightLength() throws TlsException {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      for (int length : new int[] {0, 15, 24, algorithm.keyLength() + 1}) {
        Secret key = Secret.takeOver(new byte[length]);
        assertThrows(IllegalArgumentException.class, () -> ciphers.sealing(algorithm, key));
        assertThrows(IllegalArgumentException.class, () -> ciphers.opening(algorithm, key));
      }
      Aead aead = new SealedPair(ciphers, algorithm).sealing;
      for (int length : new int[] {0, 8, 11, 13, 16}) {
        assertInternal(
            () -> SealedPair.seal(aead, new byte[length], ADDITIONAL, SealedPair.plain(1), -1));
      }
    }
  }

  private static void assertForged(Executable executable) {
    assertAlert(AlertDescription.BAD_RECORD_MAC, executable);
  }

  private static void assertInternal(Executable executable) {
    assertAlert(AlertDescription.INTERNAL_ERROR, executable);
  }
}
