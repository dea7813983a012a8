/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The vectors are those of c2sp.org/XAES-256-GCM. */
class Xaes256GcmTest {
  private static final Opaque NONCE = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
  private static final Opaque PLAINTEXT = ascii("XAES-256-GCM");

  @Test
  void sealsTheVectorWhoseSubkeyIsShiftedOnly() throws Exception {
    assertEquals(
        "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
        sealed(key(1), Opaque.EMPTY, PLAINTEXT).toString());
  }

  @Test
  void sealsTheVectorWhoseSubkeyIsReduced() throws Exception {
    assertEquals(
        "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d",
        sealed(key(3), ascii("c2sp.org/XAES-256-GCM"), PLAINTEXT).toString());
  }

  @Test
  void theGeneratorOfTheAccumulatedVectorStartsAsTheSpecificationSays() {
    assertEquals(
        "7f9c2ba4e88f827d616045507605853e", HexFormat.of().formatHex(new Shake128().next(16)));
  }

  @Test
  void sealsAndOpensTheTenThousandAccumulatedVectors() throws Exception {
    assertEquals(
        "e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939", accumulated(10_000));
  }

  static String accumulated(int iterations) throws Exception {
    Shake128 random = new Shake128();
    MessageDigest all = MessageDigest.getInstance("SHAKE128-256");
    for (int i = 0; i < iterations; i++) {
      byte[] key = random.next(32);
      Opaque nonce = Opaque.takeOver(random.next(24));
      Opaque plaintext = Opaque.takeOver(random.next(random.nextByte()));
      Opaque additionalData = Opaque.takeOver(random.next(random.nextByte()));
      Xaes256Gcm aead = Xaes256Gcm.of(key);
      byte[] sealed = new byte[plaintext.length() + Xaes256Gcm.TAG_LENGTH];
      aead.seal(nonce, additionalData, plaintext, sealed, 0);
      byte[] opened = new byte[plaintext.length()];
      int length = aead.open(nonce, additionalData, Opaque.takeOver(sealed), opened);
      assertEquals(plaintext, Opaque.takeOver(opened, 0, length));
      all.update(sealed);
    }
    return HexFormat.of().formatHex(all.digest());
  }

  @Test
  void opensNothingWithAnyBitFlipped() throws Exception {
    Opaque sealed = sealed(key(1), NONCE, PLAINTEXT);
    try (Xaes256Gcm aead = Xaes256Gcm.of(key(1))) {
      byte[] out = new byte[64];
      assertEquals(PLAINTEXT.length(), aead.open(NONCE, NONCE, sealed, out));
      for (int bit = 0; bit < 8 * sealed.length(); bit++) {
        assertEquals(-1, aead.open(NONCE, NONCE, flipped(sealed, bit), out));
      }
      for (int bit = 0; bit < 8 * NONCE.length(); bit++) {
        assertEquals(-1, aead.open(flipped(NONCE, bit), NONCE, sealed, out));
        assertEquals(-1, aead.open(NONCE, flipped(NONCE, bit), sealed, out));
      }
    }
  }

  @Test
  void opensNothingThatIsCutShort() throws Exception {
    Opaque sealed = sealed(key(1), NONCE, PLAINTEXT);
    try (Xaes256Gcm aead = Xaes256Gcm.of(key(1))) {
      for (int length = 0; length < sealed.length(); length++) {
        assertEquals(-1, aead.open(NONCE, NONCE, sealed.slice(0, length), new byte[64]));
      }
    }
  }

  @Test
  void leavesNothingOfWhatIsNotAuthentic() throws Exception {
    Opaque sealed = sealed(key(1), NONCE, PLAINTEXT);
    try (Xaes256Gcm aead = Xaes256Gcm.of(key(1))) {
      byte[] out = new byte[64];
      assertEquals(-1, aead.open(NONCE, NONCE, flipped(sealed, 8 * sealed.length() - 1), out));
      assertArrayEquals(new byte[64], out);
    }
  }

  @Test
  void neitherSealsNorOpensOnceClosed() throws Exception {
    Opaque sealed = sealed(key(1), NONCE, PLAINTEXT);
    Xaes256Gcm aead = Xaes256Gcm.of(key(1));
    assertEquals(PLAINTEXT.length(), aead.open(NONCE, NONCE, sealed, new byte[64]));
    aead.close();
    assertTrue(aead.isClosed());
    assertThrows(TlsException.class, () -> aead.open(NONCE, NONCE, sealed, new byte[64]));
    assertThrows(TlsException.class, () -> aead.seal(NONCE, NONCE, PLAINTEXT, new byte[64], 0));
  }

  @Test
  void refusesNoncesAndKeysOfOtherLengths() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> Xaes256Gcm.of(new byte[31]));
    try (Xaes256Gcm aead = Xaes256Gcm.of(key(1))) {
      Opaque shorter = NONCE.slice(0, 23);
      assertThrows(TlsException.class, () -> aead.seal(shorter, NONCE, PLAINTEXT, new byte[64], 0));
    }
  }

  @Test
  void servesManyThreadsWithOneKey() throws Exception {
    try (Xaes256Gcm aead = Xaes256Gcm.of(key(3));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> tasks =
          IntStream.range(0, 64)
              .<Callable<Integer>>mapToObj(i -> () -> roundTrips(aead, i))
              .toList();
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        assertEquals(200, task.get());
      }
    }
  }

  private static int roundTrips(Xaes256Gcm aead, int thread) throws TlsException {
    for (int i = 0; i < 200; i++) {
      byte[] nonce = NONCE.toArray();
      nonce[0] = (byte) thread;
      nonce[23] = (byte) i;
      byte[] sealed = new byte[PLAINTEXT.length() + Xaes256Gcm.TAG_LENGTH];
      aead.seal(Opaque.takeOver(nonce), NONCE, PLAINTEXT, sealed, 0);
      byte[] opened = new byte[64];
      int length = aead.open(Opaque.takeOver(nonce), NONCE, Opaque.takeOver(sealed), opened);
      assertEquals(PLAINTEXT, Opaque.takeOver(opened, 0, length));
    }
    return 200;
  }

  private static Opaque sealed(byte[] key, Opaque additionalData, Opaque plaintext)
      throws TlsException {
    byte[] out = new byte[plaintext.length() + Xaes256Gcm.TAG_LENGTH];
    try (Xaes256Gcm aead = Xaes256Gcm.of(key)) {
      aead.seal(NONCE, additionalData, plaintext, out, 0);
    }
    return Opaque.takeOver(out);
  }

  private static Opaque flipped(Opaque bytes, int bit) {
    byte[] copy = bytes.toArray();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return Opaque.takeOver(copy);
  }

  private static byte[] key(int value) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) value);
    return key;
  }

  private static Opaque ascii(String text) {
    return Opaque.takeOver(text.getBytes(StandardCharsets.US_ASCII));
  }
}
