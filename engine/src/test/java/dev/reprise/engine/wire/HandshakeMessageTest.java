/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.AlertDescription.DECODE_ERROR;
import static dev.reprise.engine.wire.AlertDescription.ILLEGAL_PARAMETER;
import static dev.reprise.engine.wire.AlertDescription.UNEXPECTED_MESSAGE;
import static dev.reprise.engine.wire.WireBytes.assertRefused;
import static dev.reprise.engine.wire.WireBytes.bodyOf;
import static dev.reprise.engine.wire.WireBytes.hex;
import static dev.reprise.engine.wire.WireBytes.join;
import static dev.reprise.engine.wire.WireBytes.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HandshakeMessageTest {
  static List<MessageSample> samples() {
    return MessageSample.all();
  }

  @Test
  void hasASampleOfEveryKind() {
    Set<Class<?>> sampled =
        samples().stream().map(sample -> sample.message().getClass()).collect(Collectors.toSet());

    assertEquals(
        Set.copyOf(Arrays.asList(HandshakeMessage.class.getPermittedSubclasses())), sampled);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsTheBytes(MessageSample sample) throws Exception {
    assertEquals(sample.message(), read(sample.message().type(), sample.dialect(), sample.body()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesTheBytes(MessageSample sample) {
    assertEquals(sample.body(), bodyOf(sample.message()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void encodesTypeAndLengthBeforeTheBody(MessageSample sample) {
    TlsWriter expected = new TlsWriter();
    expected.uint8(sample.message().type().code()).opaque24(sample.body());

    assertEquals(expected.toOpaque(), HandshakeMessages.encode(sample.message()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void refusesEveryTruncation(MessageSample sample) throws Exception {
    for (int length = 0; length < sample.body().length(); length++) {
      Opaque cut = sample.body().slice(0, length);
      if (length == sample.shorterForm()) {
        assertEquals(cut, bodyOf(read(sample.message().type(), sample.dialect(), cut)));
      } else {
        assertRefused(DECODE_ERROR, () -> read(sample.message().type(), sample.dialect(), cut));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void refusesOneByteTooMany(MessageSample sample) {
    Opaque longer = join(sample.body(), hex("00"));

    assertRefused(DECODE_ERROR, () -> read(sample.message().type(), sample.dialect(), longer));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an empty certificate              | TLS12 | CERTIFICATE         | 000003 000000
          an empty certificate after others | TLS12 | CERTIFICATE         | 000007 000001 30 000000
          a certificate beyond its list     | TLS12 | CERTIFICATE         | 000004 000002 30
          an entry without certificate      | TLS13 | CERTIFICATE         | 00 000005 000000 0000
          an entry without extensions       | TLS13 | CERTIFICATE         | 00 000004 000001 30
          no certificate type               | TLS12 | CERTIFICATE_REQUEST | 00 0002 0401 0000
          no signature algorithm            | TLS12 | CERTIFICATE_REQUEST | 01 01 0000 0000
          half a signature algorithm        | TLS12 | CERTIFICATE_REQUEST | 01 01 0003 0401 04 0000
          an empty authority                | TLS12 | CERTIFICATE_REQUEST | 01 01 0002 0401 0002 0000
          an empty public key of the server | TLS12 | SERVER_KEY_EXCHANGE | 03 001d 00 0804 0000
          an empty public key of the client | TLS12 | CLIENT_KEY_EXCHANGE | 00
          an empty ticket                   | TLS13 | NEW_SESSION_TICKET  | 00000001 00000002 00 0000 0000
          a Finished of no hash's length    | TLS13 | FINISHED            | 0102030405060708090a0b0c
          """)
  void refuses(String what, Dialect dialect, HandshakeType type, String body) {
    assertRefused(DECODE_ERROR, () -> read(type, dialect, hex(body)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"01 001d 02 0102 0804 0000", "02 001d 02 0102 0804 0000", "f8"})
  void refusesACurveThatIsNotNamed(String body) {
    assertRefused(
        ILLEGAL_PARAMETER, () -> read(HandshakeType.SERVER_KEY_EXCHANGE, Dialect.TLS12, hex(body)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"02", "ff", "02 00"})
  void refusesAKeyUpdateThatIsNeitherRequestNorAnswer(String body) {
    assertRefused(
        ILLEGAL_PARAMETER, () -> read(HandshakeType.KEY_UPDATE, Dialect.TLS13, hex(body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HELLO | CLIENT_HELLO SERVER_HELLO HELLO_REQUEST
          TLS12 | CLIENT_HELLO SERVER_HELLO HELLO_REQUEST NEW_SESSION_TICKET CERTIFICATE           SERVER_KEY_EXCHANGE CERTIFICATE_REQUEST SERVER_HELLO_DONE CERTIFICATE_VERIFY           CLIENT_KEY_EXCHANGE FINISHED
          TLS13 | CLIENT_HELLO SERVER_HELLO NEW_SESSION_TICKET END_OF_EARLY_DATA           ENCRYPTED_EXTENSIONS CERTIFICATE CERTIFICATE_REQUEST CERTIFICATE_VERIFY FINISHED           KEY_UPDATE
          """)
  void knowsExactlyTheMessagesOfTheDialect(Dialect dialect, String messages) {
    List<String> present = Arrays.asList(messages.split(" "));
    // No message of either version looks like this, so those that exist are refused as well.
    Opaque body = hex("ff".repeat(49));
    for (HandshakeType type : EnumSet.allOf(HandshakeType.class)) {
      TlsException refusal = assertThrows(TlsException.class, () -> read(type, dialect, body));
      assertEquals(
          present.contains(type.name()), refusal.alert() != UNEXPECTED_MESSAGE, type::name);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAHelloInEveryDialect(Dialect dialect) throws Exception {
    for (MessageSample sample : samples()) {
      if (sample.message() instanceof ClientHello || sample.message() instanceof ServerHello) {
        assertEquals(sample.message(), read(sample.message().type(), dialect, sample.body()));
      }
    }
  }
}
