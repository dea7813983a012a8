/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrayAeadTest {
  private static final byte[] ADDITIONAL = {23, 3, 3, 1, 61};
  private static final int LENGTH = 16_000;

  private final IdleCiphers ciphers =
      new IdleCiphers(AeadAlgorithm.AES_128_GCM, JcaProviders.jdk());
  private final Pool<ArrayRoom> rooms = new Pool<>();
  private final ByteBuffer plain = ByteBuffer.allocateDirect(LENGTH);
  private final ByteBuffer sealed = ByteBuffer.allocateDirect(LENGTH + AeadAlgorithm.TAG_LENGTH);

  ArrayAeadTest() throws TlsException {
    plain.put(SealedPair.plain(LENGTH)).flip();
    aead(Cipher.ENCRYPT_MODE)
        .seal(
            SealedPair.nonce(1),
            ADDITIONAL,
            ADDITIONAL.length,
            plain.duplicate(),
            Aead.NO_TRAILING_BYTE,
            sealed);
    sealed.flip();
  }

  @Test
  void aRoomIsUsedAgain() throws TlsException {
    ArrayRoom first = rooms.take();
    assertNotNull(first);
    rooms.give(first);
    open(sealed);
    assertEquals(first, rooms.take());
    assertNull(rooms.take());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noRoomHoldsPlaintextAfterwards(boolean forged) throws TlsException {
    if (forged) {
      sealed.put(0, (byte) ~sealed.get(0));
      assertAlert(AlertDescription.BAD_RECORD_MAC, () -> open(sealed));
    } else {
      assertEquals(plain, open(sealed));
    }
    assertHoldsNoPlaintext();
  }

  @Test
  void aRoomHoldsNoPlaintextOfWhatCouldNotBeSealed() throws TlsException {
    Aead closed = aead(Cipher.ENCRYPT_MODE);
    closed.close();
    assertAlert(
        AlertDescription.INTERNAL_ERROR,
        () ->
            closed.seal(
                SealedPair.nonce(1), ADDITIONAL, ADDITIONAL.length, plain, 23, sealed.clear()));
    assertHoldsNoPlaintext();
  }

  private void assertHoldsNoPlaintext() {
    ArrayRoom used = rooms.take();
    assertNotNull(used);
    byte[] beginning = SealedPair.plain(16);
    for (ByteBuffer place : new ByteBuffer[] {used.inPlace(), used.apart()}) {
      byte[] held = new byte[16];
      place.get(held);
      assertFalse(Arrays.equals(beginning, held));
    }
    assertArrayEquals(new byte[DirectCipher.ROOM], used.apart().array());
  }

  private Aead aead(int mode) throws TlsException {
    byte[] key = new byte[AeadAlgorithm.AES_128_GCM.keyLength()];
    return new ArrayAead(rooms, JcaAead.create(ciphers, mode, Secret.takeOver(key)));
  }

  private ByteBuffer open(ByteBuffer sealed) throws TlsException {
    ByteBuffer opened = ByteBuffer.allocateDirect(LENGTH);
    aead(Cipher.DECRYPT_MODE)
        .open(SealedPair.nonce(1), ADDITIONAL, ADDITIONAL.length, sealed.duplicate(), opened);
    return opened.flip();
  }
}
