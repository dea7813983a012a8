/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.hex;
import static dev.reprise.engine.crypto.TestCrypto.opaque;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.wire.TlsException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** RFC 7748, Section 6.1, with private keys that the JDK draws from where it is told. */
final class X25519ScriptTest {
  @Test
  void offersAndCompletes() throws TlsException {
    KeyShareOffer alice = exchange(X25519KeyExchangeTest.ALICE_PRIVATE).offer();
    assertEquals(opaque(X25519KeyExchangeTest.ALICE), alice.share());
    Secret secret = alice.complete(opaque(X25519KeyExchangeTest.BOB));
    assertEquals(X25519KeyExchangeTest.SHARED, hex(secret.reveal()));
  }

  @Test
  void answers() throws TlsException {
    KeyShareAnswer bob =
        exchange(X25519KeyExchangeTest.BOB_PRIVATE).answer(opaque(X25519KeyExchangeTest.ALICE));
    assertEquals(opaque(X25519KeyExchangeTest.BOB), bob.share());
    assertEquals(X25519KeyExchangeTest.SHARED, hex(bob.sharedSecret().reveal()));
  }

  private static KeyExchange exchange(String privateKey) {
    CryptoProvider crypto = JcaCryptoProvider.create(new ScriptedRandom(privateKey));
    return Objects.requireNonNull(crypto.keyExchange(NamedGroup.X25519));
  }
}
