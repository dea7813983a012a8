/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import org.jspecify.annotations.Nullable;

/** The versions that exist here. RFC 8996 ended TLS 1.0 and 1.1. */
public enum ProtocolVersion {
  TLS12(0x0303, "TLSv1.2"),
  TLS13(0x0304, "TLSv1.3");

  private final int code;
  private final String standardName;

  ProtocolVersion(int code, String standardName) {
    this.code = code;
    this.standardName = standardName;
  }

  public int code() {
    return code;
  }

  /** The name JSSE uses. */
  public String standardName() {
    return standardName;
  }

  public static @Nullable ProtocolVersion of(int code) {
    return switch (code) {
      case 0x0303 -> TLS12;
      case 0x0304 -> TLS13;
      default -> null;
    };
  }
}
