/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.record.HandshakeDeframer;
import dev.reprise.engine.wire.CertificateRequest13;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.EncryptedExtensions;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.ExtensionContext;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.NewSessionTicket13;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The messages of a script and their extensions, each a seed. */
final class MessageSeeds {
  private static final int HEADER = 4;
  private static final int HANDSHAKE = 2;

  private final ProtocolVersion version;
  private final Map<String, byte[]> messages = new LinkedHashMap<>();
  private final Map<String, byte[]> extensions = new LinkedHashMap<>();

  MessageSeeds(ProtocolVersion version) {
    this.version = version;
  }

  Map<String, byte[]> messages() {
    return messages;
  }

  Map<String, byte[]> extensions() {
    return extensions;
  }

  void addAll(byte[] script) throws TlsException {
    Input input = new Input(script);
    HandshakeDeframer deframer = new HandshakeDeframer();
    while (input.hasMore()) {
      int kind = input.uint8();
      byte[] content = input.take(input.uint16());
      if ((kind & 3) == HANDSHAKE) {
        deframer.add(Opaque.takeOver(content));
        for (var next = deframer.next(); next != null; next = deframer.next()) {
          add(next.type(), next.encoded());
        }
      }
    }
  }

  private void add(HandshakeType type, Opaque encoded) throws TlsException {
    boolean hello = type == HandshakeType.CLIENT_HELLO || type == HandshakeType.SERVER_HELLO;
    Dialect dialect =
        hello ? Dialect.HELLO : version == ProtocolVersion.TLS12 ? Dialect.TLS12 : Dialect.TLS13;
    Opaque body = encoded.slice(HEADER, encoded.length() - HEADER);
    ByteArrayOutputStream seed = new ByteArrayOutputStream();
    seed.write(MessageTarget.DIALECTS.indexOf(dialect));
    seed.write(type.code());
    seed.writeBytes(body.toArray());
    String name = (dialect + "-" + type).toLowerCase(Locale.ROOT);
    messages.put(name + "-" + messages.size(), seed.toByteArray());
    addExtensions(HandshakeMessages.read(type, dialect, TlsReader.of(body)));
  }

  private void addExtensions(HandshakeMessage message) {
    switch (message) {
      case ClientHello hello -> add(ExtensionContext.CLIENT_HELLO, hello.extensions());
      case ServerHello hello ->
          add(
              hello.isHelloRetryRequest()
                  ? ExtensionContext.HELLO_RETRY_REQUEST
                  : ExtensionContext.SERVER_HELLO,
              hello.extensions());
      case EncryptedExtensions encrypted ->
          add(ExtensionContext.ENCRYPTED_EXTENSIONS, encrypted.extensions());
      case CertificateRequest13 request ->
          add(ExtensionContext.CERTIFICATE_REQUEST, request.extensions());
      case NewSessionTicket13 ticket ->
          add(ExtensionContext.NEW_SESSION_TICKET, ticket.extensions());
      default -> {}
    }
  }

  private void add(ExtensionContext context, Extensions block) {
    for (Extension extension : block.list()) {
      TlsWriter out = new TlsWriter();
      out.uint8(ExtensionTarget.CONTEXTS.indexOf(context)).uint16(extension.type());
      extension.write(out);
      String name = (context + "-" + extension.type()).toLowerCase(Locale.ROOT);
      extensions.put(name + "-" + extensions.size(), out.toArray());
    }
  }
}
