/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once that the backend is down and once that it is back, however many clients notice. */
final class BackendHealth {
  private final HostPort address;
  private final GatewayMetrics metrics;
  private final Logger log;
  private final AtomicBoolean down = new AtomicBoolean();

  BackendHealth(HostPort address, GatewayMetrics metrics, Logger log) {
    this.address = address;
    this.metrics = metrics;
    this.log = log;
  }

  void failed(Throwable cause) {
    metrics.backendFailed();
    if (down.compareAndSet(false, true)) {
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

  void answered() {
    if (down.get() && down.compareAndSet(true, false)) {
      log.log(Level.INFO, () -> "The backend " + address + " can be reached again.");
    }
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
