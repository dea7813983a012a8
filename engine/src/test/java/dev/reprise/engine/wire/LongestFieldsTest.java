/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.ExtensionContext.CLIENT_HELLO;
import static dev.reprise.engine.wire.ExtensionContext.SERVER_HELLO;
import static dev.reprise.engine.wire.WireBytes.bodyOf;
import static dev.reprise.engine.wire.WireBytes.counting;
import static dev.reprise.engine.wire.WireBytes.hex;
import static dev.reprise.engine.wire.WireBytes.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field at the upper bound of its grammar is read, and one byte more cannot be written. */
final class LongestFieldsTest {
  private static final Opaque KEY = hex("aa");
  private static final Opaque BINDER = counting(0, 32);
  private static final Uint16List ONE_CODE = Uint16List.of(0x0403);

  /** A message with one field left open, whose greatest length in bytes is {@code maximum}. */
  record MessageField(Dialect dialect, int maximum, Function<Opaque, HandshakeMessage> message) {}

  record ExtensionField(
      ExtensionContext context, int maximum, Function<Opaque, Extension> extension) {}

  static List<Named<MessageField>> messageFields() {
    return List.of(
        message("Certificate13.requestContext", 0xff, f -> new Certificate13(f, List.of())),
        message(
            "CertificateRequest13.requestContext",
            0xff,
            f -> new CertificateRequest13(f, Extensions.NONE)),
        message(
            "NewSessionTicket13.nonce",
            0xff,
            f -> new NewSessionTicket13(1, 2, f, KEY, Extensions.NONE)),
        message(
            "NewSessionTicket13.ticket",
            0xffff,
            f -> new NewSessionTicket13(1, 2, Opaque.EMPTY, f, Extensions.NONE)),
        message("CertificateVerify.signature", 0xffff, f -> new CertificateVerify(0x0403, f)),
        message12("NewSessionTicket12.ticket", 0xffff, f -> new NewSessionTicket12(1, f)),
        message12("ClientKeyExchange.publicKey", 0xff, ClientKeyExchange::new),
        message12(
            "ServerKeyExchange.publicKey", 0xff, f -> new ServerKeyExchange(29, f, 0x0403, KEY)),
        message12(
            "ServerKeyExchange.signature", 0xffff, f -> new ServerKeyExchange(29, KEY, 0x0403, f)),
        message12(
            "CertificateRequest12.certificateTypes",
            0xff,
            f -> new CertificateRequest12(f, ONE_CODE, List.of())),
        message12(
            "ClientHello.compressionMethods",
            0xff,
            f ->
                new ClientHello(
                    0x0303, MessageSample.RANDOM, Opaque.EMPTY, ONE_CODE, f, Extensions.NONE)));
  }

  static List<Named<ExtensionField>> extensionFields() {
    return List.of(
        extension("EcPointFormats.formats", 0xff, EcPointFormats::new),
        extension("ApplicationProtocols", 0xff, f -> new ApplicationProtocols(List.of(KEY, f))),
        extension("RenegotiationInfo.renegotiatedConnection", 0xff, RenegotiationInfo::new),
        extension("PskKeyExchangeModes.modes", 0xff, PskKeyExchangeModes::new),
        extension("Cookie.cookie", 0xffff, Cookie::new),
        extension(
            "OfferedPsks.binders",
            0xff,
            f -> new OfferedPsks(List.of(new PskIdentity(KEY, 0)), List.of(BINDER, f))),
        Named.of(
            "ServerKeyShare",
            new ExtensionField(
                SERVER_HELLO, 0xffff, f -> new ServerKeyShare(new KeyShareEntry(29, f)))));
  }

  private static Named<MessageField> message(
      String name, int maximum, Function<Opaque, HandshakeMessage> message) {
    return Named.of(name, new MessageField(Dialect.TLS13, maximum, message));
  }

  private static Named<MessageField> message12(
      String name, int maximum, Function<Opaque, HandshakeMessage> message) {
    return Named.of(name, new MessageField(Dialect.TLS12, maximum, message));
  }

  private static Named<ExtensionField> extension(
      String name, int maximum, Function<Opaque, Extension> extension) {
    return Named.of(name, new ExtensionField(CLIENT_HELLO, maximum, extension));
  }

  @ParameterizedTest
  @MethodSource("messageFields")
  void readsTheLongestFieldOfAMessage(MessageField field) throws Exception {
    HandshakeMessage message = field.message().apply(counting(0, field.maximum()));

    assertEquals(message, read(message.type(), field.dialect(), bodyOf(message)));
  }

  @ParameterizedTest
  @MethodSource("messageFields")
  void writesNoLongerFieldOfAMessage(MessageField field) {
    HandshakeMessage message = field.message().apply(counting(0, field.maximum() + 1));

    assertThrows(IllegalArgumentException.class, () -> bodyOf(message));
  }

  @ParameterizedTest
  @MethodSource("extensionFields")
  void readsTheLongestFieldOfAnExtension(ExtensionField field) throws Exception {
    Extension extension = field.extension().apply(counting(0, field.maximum()));

    assertEquals(extension, read(extension.type(), field.context(), bodyOf(extension)));
  }

  @ParameterizedTest
  @MethodSource("extensionFields")
  void writesNoLongerFieldOfAnExtension(ExtensionField field) {
    Extension extension = field.extension().apply(counting(0, field.maximum() + 1));

    assertThrows(IllegalArgumentException.class, () -> bodyOf(extension));
  }
}
