/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

class TidyTest {
  @Test
  void goesOnAfterItHasFailed() throws Exception {
    FailingToTidy termination = new FailingToTidy();
    try (Gateway _ = Gateway.start(Peers.config().build(), termination)) {
      assertTrue(termination.calls.await(Peers.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    }
  }

  private static final class FailingToTidy implements TlsTermination {
    private final CountDownLatch calls = new CountDownLatch(2);

    @Override
    public void tidy() {
      calls.countDown();
      throw new IllegalStateException("Somebody's store does not like to be swept");
    }

    @Override
    public SSLEngine newEngine() {
      throw new AssertionError("Nobody connects");
    }

    @Override
    public HandshakeReport report(SSLSession session, Duration handshake) {
      throw new AssertionError("Nobody connects");
    }

    @Override
    public void close() {}
  }
}
