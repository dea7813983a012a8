/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoggingTest {
  @Test
  void writesOneLineForAnEvent() {
    assertTrue(
        written("a sentence", null)
            .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z WARNING Gateway: a sentence\n"));
    String line = written("two\nlines", new IllegalStateException("of\r\nthree"));
    assertTrue(
        line.endsWith("Gateway: two lines (java.lang.IllegalStateException: of  three)\n"), line);
    assertEquals(1, line.lines().count());
  }

  @Test
  void isWhatReprisesLoggersWriteTo() {
    System.LoggerFinder finder = System.LoggerFinder.getLoggerFinder();
    assertInstanceOf(StandardErrorLoggers.class, finder);
    System.Logger logger = finder.getLogger("dev.reprise.gateway.Gateway", Main.class.getModule());
    assertTrue(logger.isLoggable(Level.INFO));
    assertFalse(logger.isLoggable(Level.DEBUG));
    assertFalse(logger.isLoggable(Level.OFF));
  }

  private static String written(String message, @Nullable Throwable thrown) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
      Logging.write(out, Level.WARNING, "dev.reprise.gateway.Gateway", message, thrown);
    }
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
