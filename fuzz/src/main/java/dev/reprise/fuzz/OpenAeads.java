/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.crypto.Aead;
import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/** Nothing is encrypted, and a tag is any 16 bytes. */
record OpenAeads(Work work) implements AeadCiphers {
  @Override
  public Aead sealing(AeadAlgorithm algorithm, Secret key) {
    return new Open(work);
  }

  @Override
  public Aead opening(AeadAlgorithm algorithm, Secret key) {
    return new Open(work);
  }

  private record Open(Work work) implements Aead {
    @Override
    public void seal(
        byte[] nonce,
        byte[] additionalData,
        int additionalLength,
        ByteBuffer plaintext,
        int trailingByte,
        ByteBuffer out) {
      work.recordsSealed++;
      out.put(plaintext);
      if (trailingByte != NO_TRAILING_BYTE) {
        out.put((byte) trailingByte);
      }
      out.put(new byte[AeadAlgorithm.TAG_LENGTH]);
    }

    @Override
    public void open(
        byte[] nonce,
        byte[] additionalData,
        int additionalLength,
        ByteBuffer ciphertext,
        ByteBuffer out)
        throws TlsException {
      work.recordsOpened++;
      int end = ciphertext.limit();
      int length = ciphertext.remaining() - AeadAlgorithm.TAG_LENGTH;
      if (length < 0) {
        throw TlsException.misbehaved(AlertDescription.BAD_RECORD_MAC, "There is no tag");
      }
      out.put(ciphertext.limit(ciphertext.position() + length));
      ciphertext.limit(end).position(end);
    }

    @Override
    public void close() {}
  }
}
