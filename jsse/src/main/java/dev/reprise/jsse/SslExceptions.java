/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;

/** Says in JSSE's exceptions why a connection failed; the kinds are those that the JDK chooses. */
final class SslExceptions {
  private SslExceptions() {}

  /** The kind goes by the alert, the text begins with it, and the cause is what caused it. */
  static SSLException of(TlsException failure) {
    AlertDescription alert = failure.alert();
    String text = "(" + alert.rfcName() + ") " + sentence(failure);
    SSLException exception =
        switch (kind(alert)) {
          case PROTOCOL -> new SSLProtocolException(text);
          case HANDSHAKE -> new SSLHandshakeException(text);
          case OTHER -> new SSLException(text);
        };
    Throwable cause = failure.getCause();
    exception.initCause(cause == null ? failure : cause);
    return exception;
  }

  /**
   * What came is no record at all: programs look for the JDK's words to tell a peer that speaks
   * plain HTTP.
   */
  static SSLException ofNoRecord(TlsException failure) {
    if (failure.alert() != AlertDescription.UNEXPECTED_MESSAGE) {
      return of(failure);
    }
    String text = "Unsupported or unrecognized SSL message: " + failure.failure().sentence();
    return new SSLException(text, failure);
  }

  /** Programs look for the JDK's words for an alert that was received. */
  private static String sentence(TlsException failure) {
    return failure.failure() instanceof TlsFailure.AlertReceived(AlertDescription alert)
        ? "Received fatal alert: " + alert.rfcName()
        : failure.failure().sentence();
  }

  private enum Kind {
    PROTOCOL,
    HANDSHAKE,
    OTHER
  }

  private static Kind kind(AlertDescription alert) {
    return switch (alert) {
      case UNEXPECTED_MESSAGE -> Kind.PROTOCOL;
      case CLOSE_NOTIFY,
          BAD_RECORD_MAC,
          RECORD_OVERFLOW,
          INTERNAL_ERROR,
          INAPPROPRIATE_FALLBACK,
          USER_CANCELED,
          GENERAL_ERROR ->
          Kind.OTHER;
      case HANDSHAKE_FAILURE,
          BAD_CERTIFICATE,
          UNSUPPORTED_CERTIFICATE,
          CERTIFICATE_REVOKED,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_UNKNOWN,
          ILLEGAL_PARAMETER,
          UNKNOWN_CA,
          ACCESS_DENIED,
          DECODE_ERROR,
          DECRYPT_ERROR,
          PROTOCOL_VERSION,
          INSUFFICIENT_SECURITY,
          NO_RENEGOTIATION,
          MISSING_EXTENSION,
          UNSUPPORTED_EXTENSION,
          UNRECOGNIZED_NAME,
          BAD_CERTIFICATE_STATUS_RESPONSE,
          UNKNOWN_PSK_IDENTITY,
          CERTIFICATE_REQUIRED,
          NO_APPLICATION_PROTOCOL ->
          Kind.HANDSHAKE;
    };
  }
}
