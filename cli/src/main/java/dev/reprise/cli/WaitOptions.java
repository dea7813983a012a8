/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.gateway.Timeouts;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long the gateway waits for others. */
final class WaitOptions {
  @Option(
      names = "--handshake-timeout",
      paramLabel = "TIME",
      order = 40,
      converter = Converters.Time.class,
      description = "For a client to finish its handshake. Default: 10s.")
  private Duration handshake = Timeouts.DEFAULT.handshake();

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      order = 41,
      converter = Converters.Time.class,
      description = "For the backend to accept a connection. Default: 5s.")
  private Duration connect = Timeouts.DEFAULT.connect();

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      order = 42,
      converter = Converters.Time.class,
      description = "For a connection without a byte in either direction. Default: 5m.")
  private Duration idle = Timeouts.DEFAULT.idle();

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      order = 43,
      converter = Converters.Time.class,
      description = "For open connections to finish when the gateway stops. Default: 10s.")
  private Duration drain = Timeouts.DEFAULT.drain();

  Timeouts timeouts() throws UsageException {
    check("--handshake-timeout", handshake, Timeouts.SHORTEST);
    check("--connect-timeout", connect, Timeouts.SHORTEST);
    check("--idle-timeout", idle, Timeouts.SHORTEST);
    check("--drain", drain, Duration.ZERO);
    return new Timeouts(handshake, connect, idle, drain);
  }

  private static void check(String flag, Duration wait, Duration shortest) throws UsageException {
    if (wait.compareTo(shortest) < 0 || wait.compareTo(Timeouts.LONGEST) > 0) {
      throw new UsageException(
          flag + " is out of range; give it " + shortest.toMillis() + "ms to 24h");
    }
  }
}
