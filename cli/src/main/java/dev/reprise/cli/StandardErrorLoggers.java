/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Gives loggers that write to standard error. Unlike java.util.logging they still do while the JVM
 * shuts down, when the gateway says how it stops.
 */
public final class StandardErrorLoggers extends System.LoggerFinder {
  @Override
  public System.Logger getLogger(String name, Module module) {
    return new StandardErrorLogger(name, Logging.threshold());
  }

  private record StandardErrorLogger(String name, Level threshold) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.OFF && level.compareTo(threshold) >= 0;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        Logging.write(System.err, level, name, String.valueOf(message), thrown);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        String text = String.valueOf(format);
        Logging.write(
            System.err,
            level,
            name,
            parameters == null || parameters.length == 0
                ? text
                : new MessageFormat(text, Locale.ROOT).format(parameters),
            null);
      }
    }
  }
}
