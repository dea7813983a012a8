/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static dev.reprise.engine.crypto.TestCrypto.hex;
import static dev.reprise.engine.crypto.TestCrypto.opaque;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.SeededRandom;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Library.class)
final class X25519KeyExchangeTest {
  static final String ALICE_PRIVATE =
      "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
  static final String ALICE = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
  static final String BOB_PRIVATE =
      "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
  static final String BOB = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
  static final String SHARED = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

  private final KeyExchange exchange;
  private final X25519Curve curve;

  X25519KeyExchangeTest(Library library) {
    exchange = Objects.requireNonNull(library.crypto().keyExchange(NamedGroup.X25519));
    curve = new X25519Curve(library.providers().x25519(), SeededRandom.of(1));
  }

  @Test
  void agreesAsInRfc7748() throws Exception {
    assertEquals(SHARED, secret(ALICE_PRIVATE, BOB));
    assertEquals(SHARED, secret(BOB_PRIVATE, ALICE));
  }

  @Test
  void agreesWithTheJdk() throws TlsException {
    KeyExchange jdk = Objects.requireNonNull(TestCrypto.jdk().keyExchange(NamedGroup.X25519));
    KeyShareOffer offer = exchange.offer();
    KeyShareAnswer answer = jdk.answer(offer.share());
    assertTrue(answer.sharedSecret().sameAs(offer.complete(answer.share())));
  }

  @Test
  void ignoresTheHighestBitOfAShare() throws Exception {
    // RFC 7748, Section 5: "implementations of X25519 [...] MUST mask the most significant bit in
    // the final byte".
    byte[] marked = hex(BOB);
    marked[31] |= (byte) 0x80;
    assertEquals(SHARED, secret(ALICE_PRIVATE, hex(marked)));
  }

  @Test
  void takesCoordinatesThatAreNotReduced() throws Exception {
    // RFC 7748, Section 5: "Implementations MUST accept non-canonical values". p + 9 is 9.
    String nine = "09" + "00".repeat(31);
    String notReduced = "f6" + "ff".repeat(30) + "7f";
    assertEquals(ALICE, secret(ALICE_PRIVATE, nine));
    assertEquals(ALICE, secret(ALICE_PRIVATE, notReduced));
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
    KeyShareOffer alice = exchange.offer();
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> alice.complete(opaque(point)));
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> exchange.answer(opaque(point)));
  }

  private String secret(String privateKey, String share) throws Exception {
    byte[] encoded = hex("302e020100300506032b656e04220420" + privateKey);
    PrivateKey own =
        KeyFactory.getInstance("X25519", curve.provider())
            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    return hex(curve.agree(own, curve.key(opaque(share))).reveal());
  }
}
