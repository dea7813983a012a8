/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Aead;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EpochKeyTest {
  private final Observed aead = new Observed();

  private EpochKey key(long limit) {
    return EpochKey.of(aead, Secret.copyOf(content(12)), 12, limit);
  }

  private static void seal(EpochKey key) throws TlsException {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    key.nonceOfSequence().seal12(ContentType.ALERT, nothing, nothing);
  }

  private static void open(EpochKey key) throws TlsException {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    key.nonceOfSequence().open13(nothing, nothing);
  }

  @Test
  void wipesItsIvAndItsNonce() throws TlsException {
    EpochKey key = key(10);
    seal(key);
    assertArrayEquals(content(12), aead.nonce);
    key.close();
    assertTrue(aead.closed);
    assertArrayEquals(new byte[12], aead.nonce);
    key.nonceOfSequence();
    byte[] numberAlone = new byte[12];
    numberAlone[11] = 1;
    assertArrayEquals(numberAlone, aead.nonce);
  }

  @Test
  void countsARecordThatFailedToBeSealed() throws TlsException {
    EpochKey key = key(10);
    aead.failing = true;
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> seal(key));
    aead.failing = false;
    seal(key);
    byte[] second = content(12);
    second[11] ^= 1;
    assertArrayEquals(second, aead.nonce);
  }

  @Test
  void countsNoRecordThatFailedToOpen() throws TlsException {
    EpochKey key = key(10);
    aead.failing = true;
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> open(key));
    aead.failing = false;
    open(key);
    assertArrayEquals(content(12), aead.nonce);
  }

  @Test
  void neverWrapsTheSequenceNumber() throws TlsException {
    EpochKey key = key(40);
    for (int i = 0; i < 40; i++) {
      assertFalse(key.isNearLimit() && i < 8);
      open(key);
    }
    assertTrue(key.isNearLimit());
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> open(key));
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> seal(key));
  }

  /** Keeps the array that it is shown, to see what becomes of it. */
  private static final class Observed implements Aead {
    private byte[] nonce = new byte[0];
    private boolean failing;
    private boolean closed;

    @Override
    public void seal(
        byte[] shown,
        byte[] additionalData,
        int additionalLength,
        ByteBuffer plaintext,
        int trailingByte,
        ByteBuffer out)
        throws TlsException {
      observe(shown);
    }

    @Override
    public void open(
        byte[] shown,
        byte[] additionalData,
        int additionalLength,
        ByteBuffer ciphertext,
        ByteBuffer out)
        throws TlsException {
      observe(shown);
    }

    private void observe(byte[] shown) throws TlsException {
      nonce = shown;
      if (failing) {
        throw TlsException.internal("The provider failed", null);
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
