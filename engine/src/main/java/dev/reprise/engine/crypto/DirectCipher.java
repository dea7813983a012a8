/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * A JCA cipher for AES-GCM that works on direct memory, and as much of that as a record needs. It
 * is told the key for each record and keeps no copy. Used by one thread at a time.
 */
final class DirectCipher {
  /** The longest record of TLS 1.2 with what comes before and after its content, and some. */
  static final int ROOM = 16_384 + 512;

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";

  private final Provider provider;
  private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);

  /** JCA wants two buffers, even for work in place. */
  private final ByteBuffer sameRoom = room.duplicate();

  private Cipher cipher;

  DirectCipher(Provider provider) throws GeneralSecurityException {
    this.provider = provider;
    this.cipher = Cipher.getInstance(TRANSFORMATION, provider);
  }

  /** Ready for one record. */
  void init(
      int mode,
      SecretKey key,
      AlgorithmParameterSpec parameters,
      byte[] additionalData,
      int additionalLength)
      throws GeneralSecurityException {
    try {
      cipher.init(mode, key, parameters);
    } catch (InvalidAlgorithmParameterException _) {
      // It has seen this key and nonce before, for somebody else: then another one has to do it.
      cipher = Cipher.getInstance(TRANSFORMATION, provider);
      cipher.init(mode, key, parameters);
    }
    cipher.updateAAD(additionalData, 0, additionalLength);
  }

  /** From direct memory to direct memory. */
  int run(ByteBuffer from, ByteBuffer to) throws GeneralSecurityException {
    return cipher.doFinal(from, to);
  }

  /** The room, for {@link #runInRoom} to work on. */
  ByteBuffer room() {
    return room.clear();
  }

  /** Works in place on the first {@code length} bytes of the room, and gives what they become. */
  ByteBuffer runInRoom(int length) throws GeneralSecurityException {
    int done = cipher.doFinal(room.limit(length).position(0), sameRoom.clear());
    return room.limit(done).position(0);
  }

  /** Overwrites the first {@code length} bytes of the room. */
  void wipe(int length) {
    MemorySegment.ofBuffer(room.clear().limit(length)).fill((byte) 0);
  }
}
