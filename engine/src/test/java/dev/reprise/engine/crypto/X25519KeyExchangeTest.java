/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static dev.reprise.engine.crypto.TestCrypto.hex;
import static dev.reprise.engine.crypto.TestCrypto.opaque;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class X25519KeyExchangeTest {
  private static final String ALICE_PRIVATE =
      "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
  private static final String ALICE =
      "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
  private static final String BOB_PRIVATE =
      "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
  private static final String BOB =
      "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
  private static final String SHARED =
      "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

  @Test
  void offersAndCompletesAsInRfc7748() throws TlsException {
    KeyShareOffer alice = exchange(ALICE_PRIVATE).offer();
    assertEquals(opaque(ALICE), alice.share());
    assertEquals(SHARED, hex(alice.complete(opaque(BOB)).reveal()));
  }

  @Test
  void answersAsInRfc7748() throws TlsException {
    KeyShareAnswer bob = exchange(BOB_PRIVATE).answer(opaque(ALICE));
    assertEquals(opaque(BOB), bob.share());
    assertEquals(SHARED, hex(bob.sharedSecret().reveal()));
  }

  @Test
  void ignoresTheHighestBitOfAShare() throws TlsException {
    // RFC 7748, Section 5: "implementations of X25519 [...] MUST mask the most significant bit in
    // the final byte".
    byte[] marked = hex(BOB);
    marked[31] |= (byte) 0x80;
    Secret secret = exchange(ALICE_PRIVATE).offer().complete(Opaque.takeOver(marked));
    assertEquals(SHARED, hex(secret.reveal()));
  }

  @Test
  void takesCoordinatesThatAreNotReduced() throws TlsException {
    // RFC 7748, Section 5: "Implementations MUST accept non-canonical values". p + 9 is 9.
    String nine = "09" + "00".repeat(31);
    String notReduced = "f6" + "ff".repeat(30) + "7f";
    Secret expected = exchange(ALICE_PRIVATE).offer().complete(opaque(nine));
    Secret actual = exchange(ALICE_PRIVATE).offer().complete(opaque(notReduced));
    assertTrue(expected.sameAs(actual));
    assertEquals(ALICE, hex(actual.reveal()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refusesPointsOfSmallOrder(String point) throws TlsException {
    KeyShareOffer alice = exchange(ALICE_PRIVATE).offer();
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> alice.complete(opaque(point)));
    assertAlert(
        AlertDescription.ILLEGAL_PARAMETER, () -> exchange(BOB_PRIVATE).answer(opaque(point)));
  }

  private static KeyExchange exchange(String privateKey) {
    CryptoProvider crypto = JcaCryptoProvider.create(new ScriptedRandom(privateKey));
    return Objects.requireNonNull(crypto.keyExchange(NamedGroup.X25519));
  }
}
