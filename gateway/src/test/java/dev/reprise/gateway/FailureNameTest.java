/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FailureNameTest {
  @Test
  void namesTheAlertThatWasSentOrReceived() {
    assertEquals(
        "handshake_failure",
        FailureName.of(new SSLHandshakeException("(handshake_failure) no cipher suites")));
    assertEquals(
        "unknown_ca",
        FailureName.of(new SSLHandshakeException("Received fatal alert: unknown_ca")));
    assertEquals(
        "bad_record_mac",
        FailureName.of(new SSLException("wrapped", new SSLException("(bad_record_mac) no"))));
  }

  @Test
  void namesWhatIsNoAlert() {
    assertEquals("timeout", FailureName.of(new SslHandshakeTimeoutException("late")));
    assertEquals("not_tls", FailureName.of(new NotSslRecordException("GET")));
    assertEquals("closed", FailureName.of(new ClosedChannelException()));
    assertEquals(
        "closed", FailureName.of(new SSLException("control frames", new IOException("reset"))));
    assertEquals("unknown", FailureName.of(new SSLException("no word of an alert")));
    assertEquals("unknown", FailureName.of(new IllegalStateException("a bug")));
  }
}
