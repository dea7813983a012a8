/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Heap and direct buffers, apart, in place and overlapping: where all is the JDK's, and short and
 * long records where the fastest provider takes each.
 */
@ParameterizedClass
@CsvSource({"JDK, 317", "JDK, 5003", "FASTEST, 317", "FASTEST, 5003"})
final class AeadBufferTest {
  private static final byte[] ADDITIONAL = {23, 3, 3, 1, 61};
  private static final int TRAILING = 23;
  private static final int BEFORE = 9;
  private static final byte FILLER = 0x66;

  private final AeadCiphers ciphers;
  private final int length;
  private final byte[] plain;

  AeadBufferTest(Library library, int length) {
    this.ciphers = library.aeads();
    this.length = length;
    this.plain = SealedPair.plain(length);
  }

  /** How a buffer holds its bytes. All have something before, and room behind. */
  enum Kind {
    HEAP,
    SLICE,
    DIRECT,
    READ_ONLY;

    ByteBuffer holding(byte[] content) {
      ByteBuffer buffer = room(content.length);
      buffer.put(buffer.position(), content);
      return this == READ_ONLY ? buffer.asReadOnlyBuffer() : buffer;
    }

    ByteBuffer room(int length) {
      ByteBuffer whole =
          this == DIRECT
              ? ByteBuffer.allocateDirect(2 * BEFORE + length)
              : ByteBuffer.allocate(2 * BEFORE + length);
      while (whole.hasRemaining()) {
        whole.put(FILLER);
      }
      ByteBuffer buffer = this == SLICE ? whole.slice(4, whole.capacity() - 4) : whole;
      return buffer.limit(BEFORE + length).position(BEFORE);
    }
  }

  static Stream<Arguments> combinations() {
    return Stream.of(AeadAlgorithm.values())
        .flatMap(algorithm ->
            Stream.of(Kind.values())
                .flatMap(in ->
                    Stream.of(Kind.HEAP, Kind.SLICE, Kind.DIRECT)
                        .map(out -> Arguments.of(algorithm, in, out))));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void sealsFromAnyBufferIntoAnyOther(AeadAlgorithm algorithm, Kind in, Kind out)
      throws TlsException {
    for (int trailing : new int[] {Aead.NO_TRAILING_BYTE, TRAILING}) {
      byte[] expected = new SealedPair(ciphers, algorithm).seal(1, ADDITIONAL, plain, trailing);
      ByteBuffer plaintext = in.holding(plain);
      ByteBuffer sealed = out.room(expected.length);
      seal(new SealedPair(ciphers, algorithm), plaintext, trailing, sealed);
      assertEquals(0, plaintext.remaining());
      assertEquals(0, sealed.remaining());
      assertContent(expected, sealed);
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void opensFromAnyBufferIntoAnyOther(AeadAlgorithm algorithm, Kind in, Kind out)
      throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    ByteBuffer sealed = in.holding(pair.seal(1, ADDITIONAL, plain, Aead.NO_TRAILING_BYTE));
    ByteBuffer opened = out.room(length);
    open(pair, sealed, opened);
    assertEquals(0, sealed.remaining());
    assertEquals(0, opened.remaining());
    assertContent(plain, opened);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void leavesNothingOfAForgeryAndAllThatWasThereBefore(AeadAlgorithm algorithm, Kind in, Kind out)
      throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    byte[] forged = pair.seal(1, ADDITIONAL, plain, Aead.NO_TRAILING_BYTE);
    forged[forged.length - 1] ^= 1;
    ByteBuffer sealed = in.holding(forged);
    ByteBuffer opened = out.room(length);
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> open(pair, sealed, opened));
    assertEquals(BEFORE, sealed.position());
    assertEquals(BEFORE, opened.position());
    // Either nothing was written to it at all, or what was is overwritten.
    byte[] nothing = new byte[length];
    Arrays.fill(nothing, opened.get(BEFORE) == FILLER ? FILLER : 0);
    assertContent(nothing, opened);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void wantsRoomForAllOrWritesNothing(AeadAlgorithm algorithm, Kind in, Kind out)
      throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    byte[] sealed = pair.seal(1, ADDITIONAL, plain, TRAILING);
    ByteBuffer plaintext = in.holding(plain);
    ByteBuffer ciphertext = in.holding(sealed);
    ByteBuffer tooSmallToSeal = out.room(sealed.length - 1);
    ByteBuffer tooSmallToOpen = out.room(length);
    assertAlert(
        AlertDescription.INTERNAL_ERROR, () -> seal(pair, plaintext, TRAILING, tooSmallToSeal));
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> open(pair, ciphertext, tooSmallToOpen));
    for (ByteBuffer buffer : List.of(plaintext, ciphertext, tooSmallToSeal, tooSmallToOpen)) {
      assertEquals(BEFORE, buffer.position());
    }
    byte[] untouched = new byte[sealed.length - 1];
    Arrays.fill(untouched, FILLER);
    assertContent(untouched, tooSmallToSeal);
  }

  /** Shifted by less and by more than a block, either way, and not at all. */
  @ParameterizedTest
  @EnumSource
  void worksWithinOneArray(AeadAlgorithm algorithm) throws TlsException {
    for (int shift : new int[] {0, 1, 5, 8, 15, 16, 17, 64, 300, 400, -1, -5, -8, -16, -64, -300}) {
      for (int trailing : new int[] {Aead.NO_TRAILING_BYTE, TRAILING}) {
        SealedPair pair = new SealedPair(ciphers, algorithm);
        byte[] expected = new SealedPair(ciphers, algorithm).seal(1, ADDITIONAL, plain, trailing);
        byte[] array = new byte[1500 + length];
        System.arraycopy(plain, 0, array, 500, length);
        int at = 500 + shift;
        ByteBuffer sealed = ByteBuffer.wrap(array, at, expected.length);
        seal(pair, ByteBuffer.wrap(array, 500, length), trailing, sealed);
        assertArrayEquals(expected, Arrays.copyOfRange(array, at, at + expected.length));
        int opened = expected.length - 16;
        open(
            pair, ByteBuffer.wrap(array, at, expected.length), ByteBuffer.wrap(array, 500, opened));
        assertArrayEquals(plain, Arrays.copyOfRange(array, 500, 500 + length), "by " + shift);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoPlaintextOfAForgeryInPlace(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    byte[] forged = pair.seal(1, ADDITIONAL, plain, Aead.NO_TRAILING_BYTE);
    forged[forged.length - 1] ^= 1;
    byte[] before = Arrays.copyOf(forged, length);
    assertAlert(
        AlertDescription.BAD_RECORD_MAC,
        () -> open(pair, ByteBuffer.wrap(forged), ByteBuffer.wrap(forged)));
    // Either nothing was written at all, or what was is overwritten.
    byte[] nothing = forged[0] == before[0] ? before : new byte[length];
    assertArrayEquals(nothing, Arrays.copyOf(forged, length));
  }

  @ParameterizedTest
  @EnumSource
  void writesNoFurtherThanItSays(AeadAlgorithm algorithm) throws TlsException {
    SealedPair pair = new SealedPair(ciphers, algorithm);
    ByteBuffer sealed = Kind.HEAP.room(length + 100);
    seal(pair, ByteBuffer.wrap(plain), TRAILING, sealed);
    assertEquals(BEFORE + length + 17, sealed.position());
    assertFiller(sealed, sealed.position());
    ByteBuffer opened = Kind.HEAP.room(length + 100);
    open(pair, sealed.flip().position(BEFORE), opened);
    assertEquals(BEFORE + length + 1, opened.position());
    assertFiller(opened, opened.position());
  }

  private static void assertContent(byte[] expected, ByteBuffer buffer) {
    byte[] actual = new byte[expected.length];
    buffer.get(BEFORE, actual);
    assertArrayEquals(expected, actual);
    for (int i = 0; i < BEFORE; i++) {
      assertEquals(FILLER, buffer.get(i), "before");
    }
  }

  private static void assertFiller(ByteBuffer buffer, int from) {
    for (int i = from; i < buffer.limit(); i++) {
      assertEquals(FILLER, buffer.get(i), "behind");
    }
  }

  private static void seal(SealedPair pair, ByteBuffer in, int trailing, ByteBuffer out)
      throws TlsException {
    pair.sealing.seal(SealedPair.nonce(1), ADDITIONAL, ADDITIONAL.length, in, trailing, out);
  }

  private static void open(SealedPair pair, ByteBuffer in, ByteBuffer out) throws TlsException {
    pair.opening.open(SealedPair.nonce(1), ADDITIONAL, ADDITIONAL.length, in, out);
  }
}
