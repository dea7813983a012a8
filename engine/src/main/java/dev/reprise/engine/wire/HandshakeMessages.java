/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * Between handshake messages and their bytes: RFC 8446, Section 4 and RFC 5246, Section 7.4.
 *
 * <pre>{@code
 * struct {
 *     HandshakeType msg_type;
 *     uint24 length;
 *     select (Handshake.msg_type) { ... };
 * } Handshake;
 * }</pre>
 */
public final class HandshakeMessages {
  private HandshakeMessages() {}

  /**
   * Reads the one message that {@code body} holds.
   *
   * @param body the message without its header
   * @throws DecodeException if the body is not what the grammar says, or has bytes left over
   * @throws TlsException {@code unexpected_message} if the dialect has no such message, {@code
   *     illegal_parameter} if an extension comes twice or a value is outside its enumeration
   */
  public static HandshakeMessage read(HandshakeType type, Dialect dialect, TlsReader body)
      throws TlsException {
    HandshakeMessage message =
        switch (dialect) {
          case HELLO -> readHello(type, body);
          case TLS12 -> readTls12(type, body);
          case TLS13 -> readTls13(type, body);
        };
    if (body.hasRemaining()) {
      body.end(type.name());
    }
    return message;
  }

  /** The message with its header, as it goes into a record and into the transcript. */
  public static Opaque encode(HandshakeMessage message) {
    HandshakeType type = message.type();
    TlsWriter out = new TlsWriter(usualLength(type));
    out.uint8(type.code());
    int start = out.open(3);
    message.write(out);
    out.close(start, 3);
    return out.toOpaque();
  }

  /** Bytes that the message fits into in a usual resumption; what needs more grows. */
  private static int usualLength(HandshakeType type) {
    return switch (type) {
      case CLIENT_HELLO -> 512;
      case NEW_SESSION_TICKET -> 288;
      case SERVER_HELLO -> 136;
      case FINISHED -> 56;
      case HELLO_REQUEST,
          END_OF_EARLY_DATA,
          ENCRYPTED_EXTENSIONS,
          CERTIFICATE,
          SERVER_KEY_EXCHANGE,
          CERTIFICATE_REQUEST,
          SERVER_HELLO_DONE,
          CERTIFICATE_VERIFY,
          CLIENT_KEY_EXCHANGE,
          KEY_UPDATE,
          MESSAGE_HASH ->
          104;
    };
  }

  private static HandshakeMessage readHello(HandshakeType type, TlsReader body)
      throws TlsException {
    return switch (type) {
      case CLIENT_HELLO -> ClientHello.read(body);
      case SERVER_HELLO -> ServerHello.read(body);
      // RFC 5246, Section 7.4.1.1: "The HelloRequest message MAY be sent by the server at any
      // time", so even before it has answered the ClientHello.
      case HELLO_REQUEST -> new HelloRequest();
      case NEW_SESSION_TICKET,
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
          throw unexpected(type, "before a version is agreed");
    };
  }

  private static HandshakeMessage readTls12(HandshakeType type, TlsReader body)
      throws TlsException {
    return switch (type) {
      case CLIENT_HELLO, SERVER_HELLO, HELLO_REQUEST -> readHello(type, body);
      case NEW_SESSION_TICKET -> NewSessionTicket12.read(body);
      case CERTIFICATE -> Certificate12.read(body);
      case SERVER_KEY_EXCHANGE -> ServerKeyExchange.read(body);
      case CERTIFICATE_REQUEST -> CertificateRequest12.read(body);
      case SERVER_HELLO_DONE -> new ServerHelloDone();
      case CERTIFICATE_VERIFY -> CertificateVerify.read(body);
      case CLIENT_KEY_EXCHANGE -> ClientKeyExchange.read(body);
      case FINISHED -> Finished.readTls12(body);
      case END_OF_EARLY_DATA, ENCRYPTED_EXTENSIONS, KEY_UPDATE, MESSAGE_HASH ->
          throw unexpected(type, "in TLS 1.2");
    };
  }

  private static HandshakeMessage readTls13(HandshakeType type, TlsReader body)
      throws TlsException {
    return switch (type) {
      case CLIENT_HELLO, SERVER_HELLO -> readHello(type, body);
      case NEW_SESSION_TICKET -> NewSessionTicket13.read(body);
      case END_OF_EARLY_DATA -> new EndOfEarlyData();
      case ENCRYPTED_EXTENSIONS -> EncryptedExtensions.read(body);
      case CERTIFICATE -> Certificate13.read(body);
      case CERTIFICATE_REQUEST -> CertificateRequest13.read(body);
      case CERTIFICATE_VERIFY -> CertificateVerify.read(body);
      case FINISHED -> Finished.readTls13(body);
      case KEY_UPDATE -> KeyUpdate.read(body);
      case HELLO_REQUEST,
          SERVER_KEY_EXCHANGE,
          SERVER_HELLO_DONE,
          CLIENT_KEY_EXCHANGE,
          MESSAGE_HASH ->
          throw unexpected(type, "in TLS 1.3");
    };
  }

  private static TlsException unexpected(HandshakeType type, String where) {
    return TlsException.unexpectedMessage("There is no " + type + " message " + where);
  }
}
