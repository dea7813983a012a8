/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every group has in common. */
@ParameterizedClass
@EnumSource(Library.class)
final class KeyExchangeTest {
  private final CryptoProvider crypto;

  KeyExchangeTest(Library library) {
    crypto = library.crypto();
  }

  @Test
  void offersEveryGroupOnce() {
    List<NamedGroup> groups = crypto.keyExchanges().stream().map(KeyExchange::group).toList();
    assertEquals(List.of(NamedGroup.values()), groups.stream().sorted().toList());
  }

  @ParameterizedTest
  @EnumSource
  void givesBothSidesTheSameSecret(NamedGroup group) throws TlsException {
    try (KeyShareOffer offer = exchange(group).offer()) {
      KeyShareAnswer answer = exchange(group).answer(offer.share());
      try (Secret client = offer.complete(answer.share());
          Secret server = answer.sharedSecret()) {
        assertTrue(client.sameAs(server));
        assertEquals(secretLength(group), client.length());
      }
      assertEquals(offerLength(group), offer.share().length());
      assertEquals(answerLength(group), answer.share().length());
    }
  }

  @ParameterizedTest
  @EnumSource
  @Upholds("E25")
  void neverUsesAKeyTwice(NamedGroup group) throws TlsException {
    KeyShareOffer one = exchange(group).offer();
    assertNotEquals(one.share(), exchange(group).offer().share());
    KeyShareAnswer first = exchange(group).answer(one.share());
    KeyShareAnswer second = exchange(group).answer(one.share());
    assertNotEquals(first.share(), second.share());
    assertFalse(first.sharedSecret().sameAs(second.sharedSecret()));
  }

  @ParameterizedTest
  @EnumSource
  @Refuses("E25")
  void completesOnce(NamedGroup group) throws TlsException {
    KeyShareOffer offer = exchange(group).offer();
    KeyShareAnswer answer = exchange(group).answer(offer.share());
    offer.complete(answer.share());
    assertThrows(IllegalStateException.class, () -> offer.complete(answer.share()));
  }

  @ParameterizedTest
  @EnumSource
  void isOverAfterABadShare(NamedGroup group) throws TlsException {
    KeyShareOffer offer = exchange(group).offer();
    KeyShareAnswer answer = exchange(group).answer(offer.share());
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> offer.complete(Opaque.EMPTY));
    assertThrows(IllegalStateException.class, () -> offer.complete(answer.share()));
  }

  @ParameterizedTest
  @EnumSource
  void isOverOnceClosed(NamedGroup group) throws TlsException {
    KeyShareOffer offer = exchange(group).offer();
    KeyShareAnswer answer = exchange(group).answer(offer.share());
    offer.close();
    offer.close();
    assertThrows(IllegalStateException.class, () -> offer.complete(answer.share()));
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnswersToEveryWrongLength(NamedGroup group) throws TlsException {
    byte[] share = exchange(group).offer().share().toArray();
    for (int length = 0; length <= share.length + 2; length++) {
      if (length != share.length) {
        Opaque wrong = Opaque.takeOver(Arrays.copyOf(share, length));
        assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> exchange(group).answer(wrong));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesToCompleteWithAWrongLength(NamedGroup group) throws TlsException {
    byte[] share = exchange(group).answer(exchange(group).offer().share()).share().toArray();
    for (int change : new int[] {-share.length, -32, -1, 1, 32}) {
      KeyShareOffer offer = exchange(group).offer();
      Opaque wrong = Opaque.takeOver(Arrays.copyOf(share, share.length + change));
      assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> offer.complete(wrong));
    }
  }

  @Test
  void takesAShareFromTheMiddleOfAMessage() throws TlsException {
    for (NamedGroup group : NamedGroup.values()) {
      KeyShareOffer offer = exchange(group).offer();
      byte[] message = new byte[offer.share().length() + 20];
      offer.share().copyTo(message, 7);
      KeyShareAnswer answer =
          exchange(group).answer(Opaque.takeOver(message, 7, offer.share().length()));
      assertTrue(answer.sharedSecret().sameAs(offer.complete(answer.share())));
    }
  }

  private KeyExchange exchange(NamedGroup group) {
    return Objects.requireNonNull(crypto.keyExchange(group));
  }

  private static int offerLength(NamedGroup group) {
    return switch (group) {
      case X25519 -> 32;
      case SECP256R1 -> 65;
      case SECP384R1 -> 97;
      case X25519MLKEM768 -> 1216;
    };
  }

  private static int answerLength(NamedGroup group) {
    return switch (group) {
      case X25519, SECP256R1, SECP384R1 -> offerLength(group);
      case X25519MLKEM768 -> 1120;
    };
  }

  private static int secretLength(NamedGroup group) {
    return switch (group) {
      case X25519, SECP256R1 -> 32;
      case SECP384R1 -> 48;
      case X25519MLKEM768 -> 64;
    };
  }
}
