/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Both ends of one key. */
final class SealedPair {
  final Aead sealing;
  final Aead opening;

  SealedPair(AeadAlgorithm algorithm) throws TlsException {
    this(TestCrypto.jdk().aeads(), algorithm);
  }

  SealedPair(AeadCiphers ciphers, AeadAlgorithm algorithm) throws TlsException {
    byte[] key = new byte[algorithm.keyLength()];
    Arrays.fill(key, (byte) 0x5a);
    sealing = ciphers.sealing(algorithm, Secret.takeOver(key));
    opening = ciphers.opening(algorithm, Secret.takeOver(key));
  }

  byte[] seal(int sequence, byte[] additional, byte[] plain, int trailing) throws TlsException {
    return seal(sealing, nonce(sequence), additional, plain, trailing);
  }

  byte[] open(int sequence, byte[] additional, byte[] sealed) throws TlsException {
    return open(nonce(sequence), additional, sealed);
  }

  byte[] open(byte[] nonce, byte[] additional, byte[] sealed) throws TlsException {
    return open(opening, nonce, additional, sealed);
  }

  static byte[] seal(Aead aead, byte[] nonce, byte[] additional, byte[] plain, int trailing)
      throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(plain.length + 17);
    aead.seal(nonce, additional, additional.length, ByteBuffer.wrap(plain), trailing, out);
    return Arrays.copyOf(out.array(), out.position());
  }

  static byte[] open(Aead aead, byte[] nonce, byte[] additional, byte[] sealed)
      throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(sealed.length);
    aead.open(nonce, additional, additional.length, ByteBuffer.wrap(sealed), out);
    return Arrays.copyOf(out.array(), out.position());
  }

  static byte[] nonce(int sequence) {
    return ByteBuffer.allocate(12).putInt(8, sequence).array();
  }

  static byte[] plain(int length) {
    byte[] plain = new byte[length];
    for (int i = 0; i < length; i++) {
      plain[i] = (byte) (i * 31 + 7);
    }
    return plain;
  }
}
