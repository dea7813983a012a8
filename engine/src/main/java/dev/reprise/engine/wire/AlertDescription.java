/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** RFC 8446, Section 6 (and RFC 9846 for general_error), with TLS 1.2's no_renegotiation. */
public enum AlertDescription {
  CLOSE_NOTIFY(0),
  UNEXPECTED_MESSAGE(10),
  BAD_RECORD_MAC(20),
  RECORD_OVERFLOW(22),
  HANDSHAKE_FAILURE(40),
  BAD_CERTIFICATE(42),
  UNSUPPORTED_CERTIFICATE(43),
  CERTIFICATE_REVOKED(44),
  CERTIFICATE_EXPIRED(45),
  CERTIFICATE_UNKNOWN(46),
  ILLEGAL_PARAMETER(47),
  UNKNOWN_CA(48),
  ACCESS_DENIED(49),
  DECODE_ERROR(50),
  DECRYPT_ERROR(51),
  PROTOCOL_VERSION(70),
  INSUFFICIENT_SECURITY(71),
  INTERNAL_ERROR(80),
  INAPPROPRIATE_FALLBACK(86),
  USER_CANCELED(90),
  NO_RENEGOTIATION(100),
  MISSING_EXTENSION(109),
  UNSUPPORTED_EXTENSION(110),
  UNRECOGNIZED_NAME(112),
  BAD_CERTIFICATE_STATUS_RESPONSE(113),
  UNKNOWN_PSK_IDENTITY(115),
  CERTIFICATE_REQUIRED(116),
  GENERAL_ERROR(117),
  NO_APPLICATION_PROTOCOL(120);

  private static final @Nullable AlertDescription[] BY_CODE = new AlertDescription[256];

  static {
    for (AlertDescription description : values()) {
      BY_CODE[description.code] = description;
    }
  }

  private final int code;

  AlertDescription(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static @Nullable AlertDescription of(int code) {
    return code < 0 || code > 255 ? null : BY_CODE[code];
  }

  /** The name as the RFCs write it, for example {@code illegal_parameter}. */
  public String rfcName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
