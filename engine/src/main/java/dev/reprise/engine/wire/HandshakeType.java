/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import org.jspecify.annotations.Nullable;

/**
 * The handshake messages of RFC 8446, Section 4 and RFC 5246, Section 7.4, both versions' in one.
 */
public enum HandshakeType {
  HELLO_REQUEST(0),
  CLIENT_HELLO(1),
  SERVER_HELLO(2),
  NEW_SESSION_TICKET(4),
  END_OF_EARLY_DATA(5),
  ENCRYPTED_EXTENSIONS(8),
  CERTIFICATE(11),
  SERVER_KEY_EXCHANGE(12),
  CERTIFICATE_REQUEST(13),
  SERVER_HELLO_DONE(14),
  CERTIFICATE_VERIFY(15),
  CLIENT_KEY_EXCHANGE(16),
  FINISHED(20),
  KEY_UPDATE(24),
  MESSAGE_HASH(254);

  private static final @Nullable HandshakeType[] BY_CODE = new HandshakeType[256];

  static {
    for (HandshakeType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  HandshakeType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static @Nullable HandshakeType of(int code) {
    return code < 0 || code > 255 ? null : BY_CODE[code];
  }
}
