/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A log that keeps what it is told. */
record KeptLog(List<String> sentences) implements System.Logger {
  @Override
  public String getName() {
    return "test";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    sentences.add(String.valueOf(message));
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    sentences.add(
        parameters == null || parameters.length == 0
            ? String.valueOf(format)
            : MessageFormat.format(String.valueOf(format), parameters));
  }
}
