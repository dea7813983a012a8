/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures of the engine as JSSE's exceptions. */
class SslExceptionsTest {
  @ParameterizedTest
  @CsvSource({
    "UNEXPECTED_MESSAGE, javax.net.ssl.SSLProtocolException",
    "BAD_RECORD_MAC, javax.net.ssl.SSLException",
    "RECORD_OVERFLOW, javax.net.ssl.SSLException",
    "INTERNAL_ERROR, javax.net.ssl.SSLException",
    "HANDSHAKE_FAILURE, javax.net.ssl.SSLHandshakeException",
    "CERTIFICATE_UNKNOWN, javax.net.ssl.SSLHandshakeException",
    "DECRYPT_ERROR, javax.net.ssl.SSLHandshakeException",
    "PROTOCOL_VERSION, javax.net.ssl.SSLHandshakeException"
  })
  void choosesTheKindByTheAlert(AlertDescription alert, Class<?> kind) {
    SSLException exception = SslExceptions.of(TlsException.incompatible(alert, "Why"));
    assertEquals(kind, exception.getClass());
    assertEquals("(" + alert.rfcName() + ") Why", exception.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void usesTheJdksWordsForAlertsReceived(AlertDescription alert) {
    SSLException exception =
        SslExceptions.of(new TlsException(new TlsFailure.AlertReceived(alert)));
    assertEquals(
        "(" + alert.rfcName() + ") Received fatal alert: " + alert.rfcName(),
        exception.getMessage());
  }

  @Test
  void keepsTheCause() {
    CertificateException cause = new CertificateException("Not you");
    TlsException failure =
        new TlsException(
            new TlsFailure.PeerIncompatible(AlertDescription.CERTIFICATE_UNKNOWN, "No"), cause);
    assertSame(cause, SslExceptions.of(failure).getCause());
    TlsException withoutCause = new DecodeException("What is this");
    assertSame(withoutCause, SslExceptions.of(withoutCause).getCause());
    assertEquals(SSLHandshakeException.class, SslExceptions.of(withoutCause).getClass());
    assertEquals(
        SSLProtocolException.class,
        SslExceptions.of(TlsException.unexpectedMessage("Not now")).getClass());
  }
}
