/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.testkit.FakeClock;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendHealthTest {
  private static final HostPort ADDRESS = new HostPort("backend.example", 80);

  private final FakeClock clock = FakeClock.create();
  private final List<String> sentences = new ArrayList<>();
  private final GatewayMetrics metrics = new GatewayMetrics(() -> 0);
  private final BackendHealth health =
      new BackendHealth(ADDRESS, metrics, clock, new KeptLog(sentences));

  @Test
  void saysOnceThatItIsDownAndOnceThatItIsBack() {
    health.answered();
    assertEquals(List.of(), sentences);
    health.failed(new ConnectException("Connection refused"));
    health.failed(new ConnectException("Connection refused"));
    assertEquals(
        List.of(
            "The backend backend.example:80 cannot be reached (it refused the connection):"
                + " clients are closed until it can."),
        sentences);
    health.answered();
    health.answered();
    assertEquals(2, sentences.size());
    assertEquals("The backend backend.example:80 can be reached again.", sentences.get(1));
  }

  @Test
  void isQuietAboutABackendThatComesAndGoes() {
    for (int i = 0; i < 5; i++) {
      health.failed(new ConnectException("Connection refused"));
      health.answered();
    }
    assertEquals(2, sentences.size(), sentences.toString());
    clock.advance(BackendHealth.QUIET);
    health.failed(new ConnectTimeoutException("late"));
    assertEquals(
        "The backend backend.example:80 cannot be reached (it did not answer in time): clients are"
            + " closed until it can.",
        sentences.getLast());
  }

  @Test
  void countsEveryClient() {
    for (int i = 0; i < 3; i++) {
      health.failed(new ConnectException("Connection refused"));
    }
    assertEquals(
        1, metrics.scrape().lines().filter("reprise_backend_failures_total 3.0"::equals).count());
  }
}
