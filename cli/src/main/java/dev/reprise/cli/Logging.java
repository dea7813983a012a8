/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * The log: one line for each event on standard error. Reprise logs through {@link System.Logger},
 * which {@link StandardErrorLoggers} takes; libraries that log through java.util.logging are led to
 * the same lines.
 */
final class Logging {
  /** Set to {@code DEBUG} to see every handshake. */
  static final String LEVEL_PROPERTY = "reprise.log";

  /** Every attempt to reach Redis again is told by Lettuce, every outage by the fleet. */
  private static final java.util.logging.Logger LETTUCE =
      java.util.logging.Logger.getLogger("io.lettuce");

  private Logging() {}

  static void configure() {
    LogManager.getLogManager().reset();
    java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
    root.setLevel(java.util.logging.Level.WARNING);
    root.addHandler(new ToStandardError());
    LETTUCE.setLevel(java.util.logging.Level.OFF);
  }

  /** The lowest level that is written. */
  static Level threshold() {
    String name = System.getProperty(LEVEL_PROPERTY, Level.INFO.name());
    for (Level each : Level.values()) {
      if (each.name().equalsIgnoreCase(name)) {
        return each;
      }
    }
    return Level.INFO;
  }

  static void write(
      PrintStream out, Level level, String logger, String message, @Nullable Throwable thrown) {
    StringBuilder line =
        new StringBuilder()
            .append(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .append(' ')
            .append(level.getName())
            .append(' ')
            .append(logger.substring(logger.lastIndexOf('.') + 1))
            .append(": ")
            .append(message);
    if (thrown != null) {
      line.append(" (").append(thrown).append(')');
    }
    out.println(line.toString().replace('\n', ' ').replace('\r', ' '));
  }

  private static final class ToStandardError extends Handler {
    @Override
    public void publish(LogRecord event) {
      Level level =
          event.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue()
              ? Level.ERROR
              : Level.WARNING;
      write(
          System.err,
          level,
          String.valueOf(event.getLoggerName()),
          String.valueOf(event.getMessage()),
          event.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
