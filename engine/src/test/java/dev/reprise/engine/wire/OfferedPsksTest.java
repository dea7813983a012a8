/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.AlertDescription.DECODE_ERROR;
import static dev.reprise.engine.wire.WireBytes.assertRefused;
import static dev.reprise.engine.wire.WireBytes.counting;
import static dev.reprise.engine.wire.WireBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OfferedPsksTest {
  private static final String IDENTITY = "0007 0001 ab 00000000";
  private static final Opaque BINDER = counting(0, 32);

  private static OfferedPsks read(String body) throws TlsException {
    return OfferedPsks.read(TlsReader.of(hex(body)));
  }

  private static String binders(int... lengths) {
    TlsWriter out = new TlsWriter();
    int list = out.open(2);
    for (int length : lengths) {
      out.opaque8(counting(0, length));
    }
    out.close(list, 2);
    return out.toOpaque().toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 48, 64, 255})
  void readsABinderOfEveryHashLength(int length) throws Exception {
    assertEquals(List.of(counting(0, length)), read(IDENTITY + binders(length)).binders());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 31})
  void refusesAShorterBinder(int length) {
    assertRefused(DECODE_ERROR, () -> read(IDENTITY + binders(length)));
    assertRefused(DECODE_ERROR, () -> read(IDENTITY + binders(64, length)));
    assertRefused(DECODE_ERROR, () -> read(IDENTITY + binders(length, 64)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no identities             | 0000
          an empty identity         | 0006 0000 00000000
          an empty identity, second | 000d 0001 ab 00000000 0000 00000000
          an identity without age   | 0007 0005 abcdef0123
          half an age               | 0007 0003 abcdef 0000
          """)
  void refuses(String what, String identities) {
    assertRefused(DECODE_ERROR, () -> read(identities + binders(32)));
  }

  @Test
  void refusesAnOfferWithoutBinders() {
    assertRefused(DECODE_ERROR, () -> read(IDENTITY + "0000"));
  }

  @Test
  void leavesItToTheHandshakeToCompareTheCounts() throws Exception {
    OfferedPsks offer = read(IDENTITY + binders(32, 48));

    assertEquals(1, offer.identities().size());
    assertEquals(2, offer.binders().size());
  }

  @Test
  void readsTheAgeAsUnsigned() throws Exception {
    assertEquals(
        List.of(new PskIdentity(hex("ab"), 4_294_967_295L)),
        read("0007 0001 ab ffffffff" + binders(32)).identities());
  }

  @Test
  void knowsHowManyBytesItsBindersTakeAtTheEndOfAClientHello() {
    Opaque second = counting(1, 48);
    OfferedPsks offer =
        new OfferedPsks(
            List.of(new PskIdentity(hex("ab"), 1), new PskIdentity(hex("cd"), 2)),
            List.of(BINDER, second));
    Opaque encoded =
        HandshakeMessages.encode(
            new ClientHello(
                0x303,
                counting(0, 32),
                Opaque.EMPTY,
                Uint16List.of(0x1301),
                hex("00"),
                Extensions.of(new EarlyDataIndication(), offer)));

    int length = offer.bindersLength();
    assertEquals(2 + 1 + 32 + 1 + 48, length);
    assertEquals(
        hex("0052 20" + BINDER + "30" + second), encoded.slice(encoded.length() - length, length));
  }

  @Test
  void cannotBeChangedThroughItsLists() {
    List<PskIdentity> identities = new ArrayList<>(List.of(new PskIdentity(hex("ab"), 1)));
    OfferedPsks offer = new OfferedPsks(identities, List.of(BINDER));
    identities.clear();

    assertEquals(1, offer.identities().size());
    assertThrows(UnsupportedOperationException.class, () -> offer.binders().removeFirst());
  }
}
