/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.SeededRandom;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import org.junit.jupiter.api.function.Executable;

/** What the tests of this package share. */
final class TestCrypto {
  private TestCrypto() {}

  /** The JDK's primitives with randomness that is the same in every run. */
  static CryptoProvider jdk() {
    return JcaCryptoProvider.create(SeededRandom.of(1));
  }

  /** Of one kind of key, and the same in every run. */
  static KeyPair keyPair(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (size > 0) {
        generator.initialize(size, SeededRandom.of(size));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static TlsException assertAlert(AlertDescription alert, Executable executable) {
    TlsException exception = assertThrows(TlsException.class, executable);
    assertEquals(alert, exception.alert(), exception.getMessage());
    return exception;
  }

  static byte[] hex(String spaced) {
    return HexFormat.of().parseHex(spaced.replaceAll("\\s", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static Secret secret(String hex) {
    return Secret.takeOver(hex(hex));
  }

  static Opaque opaque(String hex) {
    return Opaque.takeOver(hex(hex));
  }

  /** The same bytes with one bit changed. */
  static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }
}
