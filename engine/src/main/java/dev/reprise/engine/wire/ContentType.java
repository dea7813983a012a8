/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import org.jspecify.annotations.Nullable;

/** What a record carries: RFC 8446, Section 5.1. */
public enum ContentType {
  CHANGE_CIPHER_SPEC(20),
  ALERT(21),
  HANDSHAKE(22),
  APPLICATION_DATA(23);

  private final int code;

  ContentType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static @Nullable ContentType of(int code) {
    return switch (code) {
      case 20 -> CHANGE_CIPHER_SPEC;
      case 21 -> ALERT;
      case 22 -> HANDSHAKE;
      case 23 -> APPLICATION_DATA;
      default -> null;
    };
  }
}
