/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Says once that the backend is down and once that it is back, however many clients notice; and
 * while it comes and goes, not more often than every {@link #QUIET}.
 */
final class BackendHealth {
  static final Duration QUIET = Duration.ofSeconds(10);

  private final HostPort address;
  private final GatewayMetrics metrics;
  private final InstantSource clock;
  private final Logger log;
  private volatile boolean saidDown;
  private Instant quietUntil = Instant.MIN;

  BackendHealth(HostPort address, GatewayMetrics metrics, InstantSource clock, Logger log) {
    this.address = address;
    this.metrics = metrics;
    this.clock = clock;
    this.log = log;
  }

  void failed(Throwable cause) {
    metrics.backendFailed();
    if (!saidDown && mayBeSaid()) {
      log.log(
          Level.WARNING,
          () ->
              "The backend "
                  + address
                  + " cannot be reached ("
                  + reason(cause)
                  + "): clients are closed until it can.");
    }
  }

  private synchronized boolean mayBeSaid() {
    Instant now = clock.instant();
    if (saidDown || now.isBefore(quietUntil)) {
      return false;
    }
    saidDown = true;
    quietUntil = now.plus(QUIET);
    return true;
  }

  void answered() {
    if (saidDown && mayBeTakenBack()) {
      log.log(Level.INFO, () -> "The backend " + address + " can be reached again.");
    }
  }

  private synchronized boolean mayBeTakenBack() {
    boolean said = saidDown;
    saidDown = false;
    return said;
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "its name is not known";
      case io.netty.channel.ConnectTimeoutException _ -> "it did not answer in time";
      case java.net.ConnectException _ -> "it refused the connection";
      default -> Reason.of(cause);
    };
  }
}
