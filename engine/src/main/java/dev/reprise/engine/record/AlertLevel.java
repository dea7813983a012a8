/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import org.jspecify.annotations.Nullable;

/**
 * The first byte of an alert: RFC 8446, Section 6, where it is a legacy field; RFC 5246, Section
 * 7.2.
 */
public enum AlertLevel {
  WARNING(1),
  FATAL(2);

  private final int code;

  AlertLevel(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static @Nullable AlertLevel of(int code) {
    return switch (code) {
      case 1 -> WARNING;
      case 2 -> FATAL;
      default -> null;
    };
  }
}
