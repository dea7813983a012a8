/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

final class SecretTest {
  @Test
  void wipesTheArrayThatItTookOver() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.takeOver(bytes);
    assertSame(bytes, secret.reveal());
    secret.close();
    assertArrayEquals(new byte[3], bytes);
  }

  @Test
  void leavesTheArrayThatItCopied() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.copyOf(bytes);
    byte[] own = secret.reveal();
    secret.close();
    assertArrayEquals(new byte[] {1, 2, 3}, bytes);
    assertArrayEquals(new byte[3], own);
  }

  @Test
  void givesNothingAwayOnceItIsClosed() {
    Secret open = Secret.takeOver(new byte[] {1});
    Secret closed = Secret.takeOver(new byte[] {1});
    closed.close();
    closed.close();
    assertTrue(closed.isClosed());
    assertEquals(1, closed.length());
    assertThrows(IllegalStateException.class, closed::reveal);
    assertThrows(IllegalStateException.class, closed::copy);
    assertThrows(IllegalStateException.class, () -> closed.sameAs(open));
    assertThrows(IllegalStateException.class, () -> open.sameAs(closed));
  }

  @Test
  void showsItsLengthAndNoByte() {
    try (Secret secret = TestCrypto.secret("c0ffee")) {
      assertEquals("Secret[3 bytes]", secret.toString());
      assertEquals("Secret[3 bytes]", new SecretBytesKey(secret, "AES").toString());
    }
  }

  @Test
  void comparesBytesOnlyWhenAsked() {
    Secret one = TestCrypto.secret("c0ffee");
    Secret same = one.copy();
    assertTrue(one.sameAs(same));
    assertNotEquals(one, same);
    assertFalse(one.sameAs(TestCrypto.secret("c0ffef")));
    assertFalse(one.sameAs(TestCrypto.secret("c0ff")));
  }

  @Test
  void outlivesItsCopy() {
    Secret secret = TestCrypto.secret("c0ffee");
    secret.copy().close();
    assertEquals("c0ffee", TestCrypto.hex(secret.reveal()));
  }

  @Test
  void showsProvidersACopyThatTheyMayWipe() {
    Secret secret = TestCrypto.secret("c0ffee");
    SecretBytesKey key = new SecretBytesKey(secret, "AES");
    assertEquals("AES", key.getAlgorithm());
    assertEquals("RAW", key.getFormat());
    assertNotSame(secret.reveal(), key.getEncoded());
    key.getEncoded()[0] = 0;
    assertEquals("c0ffee", TestCrypto.hex(key.getEncoded()));
    secret.close();
    assertThrows(IllegalStateException.class, key::getEncoded);
  }

  @Test
  void isNotWrittenToAnyStream() throws Exception {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      SecretBytesKey key = new SecretBytesKey(TestCrypto.secret("c0ffee"), "AES");
      assertThrows(NotSerializableException.class, () -> out.writeObject(key));
    }
  }
}
