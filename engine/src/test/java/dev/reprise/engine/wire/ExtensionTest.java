/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.AlertDescription.DECODE_ERROR;
import static dev.reprise.engine.wire.WireBytes.assertRefused;
import static dev.reprise.engine.wire.WireBytes.bodyOf;
import static dev.reprise.engine.wire.WireBytes.hex;
import static dev.reprise.engine.wire.WireBytes.join;
import static dev.reprise.engine.wire.WireBytes.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ExtensionTest {
  static List<ExtensionSample> samples() {
    return ExtensionSample.all();
  }

  static List<ExtensionSample> samplesWithGrammar() {
    return ExtensionSample.all().stream().filter(sample -> !sample.isRaw()).toList();
  }

  @Test
  void hasASampleOfEveryKind() {
    Set<Class<?>> sampled =
        samples().stream().map(sample -> sample.extension().getClass()).collect(Collectors.toSet());

    assertEquals(Set.copyOf(Arrays.asList(Extension.class.getPermittedSubclasses())), sampled);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsTheBytes(ExtensionSample sample) throws Exception {
    assertEquals(
        sample.extension(), read(sample.extension().type(), sample.context(), sample.body()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesTheBytes(ExtensionSample sample) {
    assertEquals(sample.body(), bodyOf(sample.extension()));
  }

  @ParameterizedTest
  @MethodSource("samplesWithGrammar")
  void refusesEveryTruncation(ExtensionSample sample) {
    for (int length = 0; length < sample.body().length(); length++) {
      Opaque cut = sample.body().slice(0, length);
      assertRefused(DECODE_ERROR, () -> read(sample.extension().type(), sample.context(), cut));
    }
  }

  @ParameterizedTest
  @MethodSource("samplesWithGrammar")
  void refusesOneByteTooMany(ExtensionSample sample) {
    Opaque longer = join(sample.body(), hex("00"));

    assertRefused(DECODE_ERROR, () -> read(sample.extension().type(), sample.context(), longer));
  }

  @ParameterizedTest(name = "{0}: {2} in {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an empty list of groups               | CLIENT_HELLO        | 10    | 0000
          an odd length of groups               | CLIENT_HELLO        | 10    | 0003 001d 00
          an empty list of point formats        | CLIENT_HELLO        | 11    | 00
          an empty list of schemes              | CLIENT_HELLO        | 13    | 0000
          an odd length of schemes              | CERTIFICATE_REQUEST | 13    | 0001 04
          an empty list of certificate schemes  | CLIENT_HELLO        | 50    | 0000
          an odd length of certificate schemes  | CLIENT_HELLO        | 50    | 0003 0401 05
          an empty list of protocols            | CLIENT_HELLO        | 16    | 0000
          an empty protocol alone               | CLIENT_HELLO        | 16    | 0001 00
          an empty protocol among others        | CLIENT_HELLO        | 16    | 0005 02 6832 00 00
          a protocol longer than the list       | SERVER_HELLO        | 16    | 0003 03 6832
          data in extended_master_secret        | SERVER_HELLO        | 23    | 00
          a ticket in a ServerHello             | SERVER_HELLO        | 35    | c0ffee
          a host name in a ServerHello          | SERVER_HELLO        | 0     | 0004 00 0001 61
          a host name in EncryptedExtensions    | ENCRYPTED_EXTENSIONS| 0     | 0004 00 0001 61
          no data in a client's server_name     | CLIENT_HELLO        | 0     | ''
          an empty list of versions             | CLIENT_HELLO        | 43    | 00
          an odd length of versions             | CLIENT_HELLO        | 43    | 03 0304 03
          one version under a list's length     | SERVER_HELLO        | 43    | 02 0304
          a list of versions in a retry         | HELLO_RETRY_REQUEST | 43    | 04 0304 0303
          an empty cookie                       | CLIENT_HELLO        | 44    | 0000
          an empty cookie in a retry            | HELLO_RETRY_REQUEST | 44    | 0000
          an empty key share                    | CLIENT_HELLO        | 51    | 0004 001d 0000
          an empty key share of the server      | SERVER_HELLO        | 51    | 001d 0000
          a group alone in a ServerHello        | SERVER_HELLO        | 51    | 001d
          a whole share in a retry              | HELLO_RETRY_REQUEST | 51    | 001d 0001 aa
          a share beyond its list               | CLIENT_HELLO        | 51    | 0005 001d 0002 aa
          no key exchange mode                  | CLIENT_HELLO        | 45    | 00
          data in early_data                    | ENCRYPTED_EXTENSIONS| 42    | 00004000
          data in a client's early_data         | CLIENT_HELLO        | 42    | 00
          no size in a ticket's early_data      | NEW_SESSION_TICKET  | 42    | ''
          an empty list of authorities          | CERTIFICATE_REQUEST | 47    | 0000
          an empty name among authorities       | CERTIFICATE_REQUEST | 47    | 0006 0002 3000 0000
          data in post_handshake_auth           | CLIENT_HELLO        | 49    | 00
          a list of identities in a ServerHello | SERVER_HELLO        | 41    | 0002 0000
          """)
  void refuses(String what, ExtensionContext context, int type, String body) {
    assertRefused(DECODE_ERROR, () -> read(type, context, hex(body)));
  }

  @Test
  void findsAKeyExchangeModeWhereverItStands() {
    PskKeyExchangeModes modes = new PskKeyExchangeModes(hex("07 01 ff"));

    assertTrue(modes.contains(7));
    assertTrue(modes.contains(PskKeyExchangeModes.PSK_DHE_KE));
    assertTrue(modes.contains(0xff));
    assertFalse(modes.contains(PskKeyExchangeModes.PSK_KE));
  }

  @Test
  void knowsWhetherUncompressedPointsAreAmongTheFormats() {
    assertTrue(new EcPointFormats(hex("00")).hasUncompressed());
    assertTrue(new EcPointFormats(hex("010200")).hasUncompressed());
    assertFalse(new EcPointFormats(hex("0102")).hasUncompressed());
  }

  @Test
  void countsTheTicketsWantedApartForFullAndResumedHandshakes() {
    TicketRequest request = new TicketRequest(3, 1);

    assertEquals(3, request.count(false));
    assertEquals(1, request.count(true));
  }

  @ParameterizedTest
  @CsvSource({"256, 0", "0, 256", "-1, 0", "0, -1"})
  void refusesToAskForMoreTicketsThanAByteCanSay(int newSessions, int resumptions) {
    assertThrows(IllegalArgumentException.class, () -> new TicketRequest(newSessions, resumptions));
  }
}
