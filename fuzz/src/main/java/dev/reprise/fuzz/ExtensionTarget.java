/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.ExtensionContext;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsWriter;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * {@code uint8 context, uint16 type, opaque data[rest]}: one extension, in the one message that
 * makes its context, so that no length around it has to be guessed.
 */
public final class ExtensionTarget {
  static final List<ExtensionContext> CONTEXTS = List.of(ExtensionContext.values());

  private static final int LONGEST = 0xff00;

  /** Its presence makes a ServerHello a HelloRetryRequest: RFC 8446, Section 4.1.3. */
  private static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  private ExtensionTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    boolean _ = reads(bytes);
  }

  /** Whether it is an extension. */
  static boolean reads(byte[] bytes) {
    return MessageTarget.reads(message(new Input(bytes)));
  }

  private static byte[] message(Input input) {
    ExtensionContext context = input.oneOf(CONTEXTS);
    Opaque block = block(input.uint16(), input.take(LONGEST));
    TlsWriter body = new TlsWriter();
    before(context, body);
    body.opaque(block);
    if (context == ExtensionContext.CERTIFICATE) {
      return message(context, certificate(block));
    }
    return message(context, body.toOpaque());
  }

  private static byte[] message(ExtensionContext context, Opaque body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(MessageTarget.DIALECTS.indexOf(dialect(context)));
    out.write(type(context).code());
    out.writeBytes(body.toArray());
    return out.toByteArray();
  }

  private static Opaque block(int type, byte[] data) {
    TlsWriter out = new TlsWriter();
    out.uint16(4 + data.length).uint16(type).opaque16(Opaque.takeOver(data));
    return out.toOpaque();
  }

  private static void before(ExtensionContext context, TlsWriter out) {
    switch (context) {
      case CLIENT_HELLO ->
          out.uint16(0x0303).bytes(new byte[32]).uint8(0).uint16(2).uint16(0x1301).uint16(0x0100);
      case SERVER_HELLO -> out.uint16(0x0303).bytes(new byte[32]).uint8(0).uint16(0x1301).uint8(0);
      case HELLO_RETRY_REQUEST -> out.uint16(0x0303).bytes(RETRY).uint8(0).uint16(0x1301).uint8(0);
      case CERTIFICATE_REQUEST -> out.uint8(0);
      case NEW_SESSION_TICKET -> out.uint32(1).uint32(1).uint8(0).opaque16(Opaque.copyOf((byte) 1));
      case ENCRYPTED_EXTENSIONS, CERTIFICATE -> {}
    }
  }

  /** The one block that something stands around, and not only before. */
  private static Opaque certificate(Opaque block) {
    TlsWriter out = new TlsWriter();
    out.uint8(0);
    int list = out.open(3);
    out.opaque24(Opaque.copyOf((byte) 1)).opaque(block);
    out.close(list, 3);
    return out.toOpaque();
  }

  private static Dialect dialect(ExtensionContext context) {
    return switch (context) {
      case CLIENT_HELLO, SERVER_HELLO, HELLO_RETRY_REQUEST -> Dialect.HELLO;
      case ENCRYPTED_EXTENSIONS, CERTIFICATE, CERTIFICATE_REQUEST, NEW_SESSION_TICKET ->
          Dialect.TLS13;
    };
  }

  private static HandshakeType type(ExtensionContext context) {
    return switch (context) {
      case CLIENT_HELLO -> HandshakeType.CLIENT_HELLO;
      case SERVER_HELLO, HELLO_RETRY_REQUEST -> HandshakeType.SERVER_HELLO;
      case ENCRYPTED_EXTENSIONS -> HandshakeType.ENCRYPTED_EXTENSIONS;
      case CERTIFICATE -> HandshakeType.CERTIFICATE;
      case CERTIFICATE_REQUEST -> HandshakeType.CERTIFICATE_REQUEST;
      case NEW_SESSION_TICKET -> HandshakeType.NEW_SESSION_TICKET;
    };
  }
}
