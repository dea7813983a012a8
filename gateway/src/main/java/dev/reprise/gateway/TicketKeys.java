/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.fleet.keyfiles.KeyFileEvent;
import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.KeyFiles;
import dev.reprise.fleet.keyfiles.TicketKeyFiles;
import dev.reprise.jsse.RecordedStekSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The gateway's ticket keys: its own, or those of files that it watches. Closing wipes them. */
final class TicketKeys implements AutoCloseable {
  private static final Logger LOG = System.getLogger(TicketKeys.class.getName());

  /** Rotated as often as was said, a key is never as old. */
  private static final int PERIODS_UNTIL_AGED = 2;

  private final StekSource source;
  private final Runnable end;

  private TicketKeys(StekSource source, InstantSource clock, Runnable end) {
    this.source = new RecordedStekSource(source, clock);
    this.end = end;
  }

  static TicketKeys of(GatewayConfig config, InstantSource clock) throws ConfigurationException {
    KeyFiles files = config.ticketKeyFiles();
    return files == null
        ? rotating(config.resumption(), clock)
        : watched(files, config.resumption().rotateEvery(), clock);
  }

  StekSource source() {
    return source;
  }

  @Override
  public void close() {
    end.run();
    // A recording hears that they are erased.
    StekRing _ = source.ring();
  }

  private static TicketKeys rotating(ResumptionSettings settings, InstantSource clock) {
    RotatingStekSource keys =
        new RotatingStekSource(
            clock, new SecureRandom(), settings.rotateEvery(), settings.ticketLifetime());
    return new TicketKeys(keys, clock, keys::close);
  }

  private static TicketKeys watched(KeyFiles files, Duration rotateEvery, InstantSource clock)
      throws ConfigurationException {
    try {
      TicketKeyFiles keys =
          new TicketKeyFiles(
              files, clock, rotateEvery.multipliedBy(PERIODS_UNTIL_AGED), TicketKeys::log);
      // A thread of its own: a file may lie on a disk that does not answer.
      ScheduledExecutorService watcher =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name("reprise-ticket-keys").daemon().factory());
      keys.watch(watcher, TicketKeyFiles.LOOK_EVERY);
      return new TicketKeys(
          keys,
          clock,
          () -> {
            watcher.shutdown();
            keys.close();
          });
    } catch (KeyFileException e) {
      throw new ConfigurationException("--ticket-keys: " + e.sentence(), e);
    }
  }

  private static void log(KeyFileEvent event) {
    Level level =
        switch (event) {
          case KeyFileEvent.Changed _, KeyFileEvent.Mended _ -> Level.INFO;
          case KeyFileEvent.Refused _, KeyFileEvent.Aged _ -> Level.WARNING;
        };
    LOG.log(level, event.sentence() + ".");
  }
}
