/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept for the next connection knows nothing of the last one. */
final class IdleCiphersTest {
  private static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  private static final byte[] CONTENT = {7, 7, 7, 7};

  @ParameterizedTest
  @EnumSource
  void aCipherAtRestIsUnderAKeyThatEverybodyKnows(AeadAlgorithm algorithm)
      throws GeneralSecurityException, TlsException {
    IdleCiphers idle = new IdleCiphers(algorithm, JcaProviders.jdk());
    Aead used = JcaAead.create(idle, Cipher.ENCRYPT_MODE, key(algorithm, 5));
    byte[] unused = seal(used);
    used.close();
    Cipher rested = idle.take();
    byte[] zeros = new byte[algorithm.keyLength()];
    Cipher known = Cipher.getInstance(rested.getAlgorithm());
    known.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(zeros, algorithm == AeadAlgorithm.CHACHA20_POLY1305 ? "ChaCha20" : "AES"),
        idle.parameters(new byte[AeadAlgorithm.NONCE_LENGTH]));
    assertArrayEquals(known.doFinal(CONTENT), rested.doFinal(CONTENT));
    assertEquals(CONTENT.length + AeadAlgorithm.TAG_LENGTH, unused.length);
  }

  @ParameterizedTest
  @EnumSource
  void aCipherTakenAgainSealsAsANewOneDoes(AeadAlgorithm algorithm) throws TlsException {
    IdleCiphers idle = new IdleCiphers(algorithm, JcaProviders.jdk());
    for (int i = 0; i < 5; i++) {
      Aead again = JcaAead.create(idle, Cipher.ENCRYPT_MODE, key(algorithm, i));
      Aead fresh =
          JcaAead.create(
              new IdleCiphers(algorithm, JcaProviders.jdk()),
              Cipher.ENCRYPT_MODE,
              key(algorithm, i));
      assertArrayEquals(seal(fresh), seal(again));
      again.close();
    }
  }

  @Test
  void twoThatAreOpenNeverShareACipher() throws GeneralSecurityException, TlsException {
    IdleCiphers idle = new IdleCiphers(AeadAlgorithm.AES_128_GCM, JcaProviders.jdk());
    Aead used = JcaAead.create(idle, Cipher.ENCRYPT_MODE, key(AeadAlgorithm.AES_128_GCM, 1));
    seal(used);
    used.close();
    used.close();
    Cipher first = idle.take();
    assertNotSame(first, idle.take());
    assertThrows(TlsException.class, () -> seal(used));
  }

  @ParameterizedTest
  @EnumSource
  void anHmacAtRestIsUnderAKeyThatEverybodyKnows(HashAlgorithm hash)
      throws GeneralSecurityException, TlsException {
    Digests digests = new JcaDigests(JcaProviders.jdk());
    Mac used = digests.hmac(hash);
    used.init(new SecretKeySpec(new byte[] {9}, hash.macName()));
    used.update(CONTENT);
    digests.giveBack(hash, used);
    Mac rested = digests.hmac(hash);
    assertSame(used, rested);
    Mac known = Mac.getInstance(hash.macName());
    known.init(new SecretKeySpec(new byte[32], hash.macName()));
    assertArrayEquals(known.doFinal(CONTENT), rested.doFinal(CONTENT));
  }

  private static Secret key(AeadAlgorithm algorithm, int seed) {
    byte[] key = new byte[algorithm.keyLength()];
    key[0] = (byte) seed;
    key[1] = 1;
    return Secret.takeOver(key);
  }

  private static byte[] seal(Aead aead) throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(CONTENT.length + AeadAlgorithm.TAG_LENGTH);
    aead.seal(NONCE, new byte[0], 0, ByteBuffer.wrap(CONTENT), Aead.NO_TRAILING_BYTE, out);
    return out.array();
  }
}
