/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.rfc8448;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.rfc8448.Trace.Sent;
import dev.reprise.engine.rfc8448.Trace.Step;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.testkit.rules.Refuses;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceMessagesTest {
  static Stream<Sent> messages() {
    return Trace.all().flatMap(trace -> trace.messages().stream());
  }

  static Stream<Step> constructed() {
    return Trace.all()
        .flatMap(trace -> trace.steps().stream())
        .filter(step -> step.name().startsWith("message "));
  }

  @Test
  void findsEveryMessage() {
    assertEquals(40, messages().count());
    assertEquals(40, constructed().count());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsAndWritesTheSameBytes(Sent sent) throws TlsException {
    assertEquals(sent.message(), HandshakeMessages.encode(read(sent, sent.body())));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsWhatItWroteAsTheSameMessage(Sent sent) throws TlsException {
    HandshakeMessage message = read(sent, sent.body());
    Opaque again = HandshakeMessages.encode(message);
    assertEquals(message, read(sent, again.slice(4, again.length() - 4)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  @Refuses({"V1", "V2", "V3", "V4", "V5"})
  void refusesEveryTruncation(Sent sent) {
    Opaque body = sent.body();
    for (int length = 0; length < body.length(); length++) {
      Opaque cut = body.slice(0, length);
      // TLS 1.2's hello without an extension block ends where this one's begins.
      if (!isHelloWithoutExtensions(sent, length)) {
        assertThrows(TlsException.class, () -> read(sent, cut), () -> cut.length() + " bytes");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void refusesOneByteTooMany(Sent sent) {
    byte[] longer = Arrays.copyOf(sent.body().toArray(), sent.body().length() + 1);
    assertThrows(TlsException.class, () -> read(sent, Opaque.takeOver(longer)));
  }

  /** The ClientHello of Section 4 is shown without its binders. */
  @ParameterizedTest
  @MethodSource("constructed")
  void sendsWhatWasConstructed(Step step) {
    List<Opaque> sent =
        Trace.section(step.section()).messages().stream()
            .filter(message -> message.side() == step.side())
            .map(Sent::message)
            .toList();
    Opaque constructed = step.value("bytes");
    assertTrue(sent.stream().anyMatch(message -> startsWith(message, constructed)));
  }

  private static HandshakeMessage read(Sent sent, Opaque body) throws TlsException {
    return HandshakeMessages.read(sent.type(), Dialect.TLS13, TlsReader.of(body));
  }

  private static boolean startsWith(Opaque message, Opaque constructed) {
    return message.length() >= constructed.length()
        && message.slice(0, constructed.length()).equals(constructed);
  }

  private static boolean isHelloWithoutExtensions(Sent sent, int length) {
    Opaque body = sent.body();
    int sessionId = 34 + 1 + body.at(Math.min(34, body.length() - 1));
    return switch (sent.type()) {
      case SERVER_HELLO -> length == sessionId + 3;
      case CLIENT_HELLO -> {
        int suites = body.at(sessionId) << 8 | body.at(sessionId + 1);
        yield length == sessionId + 2 + suites + 2;
      }
      case HELLO_REQUEST,
          NEW_SESSION_TICKET,
          END_OF_EARLY_DATA,
          ENCRYPTED_EXTENSIONS,
          CERTIFICATE,
          SERVER_KEY_EXCHANGE,
          CERTIFICATE_REQUEST,
          SERVER_HELLO_DONE,
          CERTIFICATE_VERIFY,
          CLIENT_KEY_EXCHANGE,
          FINISHED,
          KEY_UPDATE,
          MESSAGE_HASH ->
          false;
    };
  }
}
