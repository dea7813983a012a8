/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The one word for a handshake that failed: the alert's name as the RFCs write it, or {@code
 * timeout}, {@code closed} (the client went away), {@code not_tls} and {@code unknown}, which no
 * alert is named.
 */
final class FailureName {
  static final String TIMEOUT = "timeout";
  static final String CLOSED = "closed";
  static final String NOT_TLS = "not_tls";
  static final String UNKNOWN = "unknown";

  /** How providers of TLS begin the message of an exception that became or was an alert. */
  private static final Pattern ALERT =
      Pattern.compile("^\\(([a-z_]+)\\)|Received fatal alert: ([a-z_]+)");

  private FailureName() {}

  static String of(Throwable failure) {
    return switch (failure) {
      case SslHandshakeTimeoutException _ -> TIMEOUT;
      case NotSslRecordException _ -> NOT_TLS;
      case SSLException tls -> alert(tls);
      case IOException _ -> CLOSED;
      default -> UNKNOWN;
    };
  }

  private static String alert(SSLException failure) {
    for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
      Matcher matcher = ALERT.matcher(String.valueOf(each.getMessage()));
      if (matcher.find()) {
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      }
      if (each instanceof IOException && !(each instanceof SSLException)) {
        return CLOSED;
      }
    }
    return UNKNOWN;
  }
}
