/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.engine.resumption.StekSource;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ticket keys that are what is in files. A key opens tickets for as long as it is in them, and is
 * wiped when it is not any more; which one seals goes by its place. It has no thread: {@link #look}
 * is called by whoever has one, or by {@link #watch}.
 *
 * <p>A file that cannot be used changes nothing: the keys stay what they were, and the listener
 * hears one sentence.
 */
public final class TicketKeyFiles implements StekSource, AutoCloseable {
  /** How often files are looked at unless told otherwise. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final KeyFiles files;
  private final InstantSource clock;
  private final Duration agedAfter;
  private final Consumer<KeyFileEvent> listener;
  private final FileWatch watch;

  /** Held while files are read, which may take for ever; closing does not wait for it. */
  private final ReentrantLock looking = new ReentrantLock();

  private volatile StekRing ring = StekRing.of();
  private @Nullable String refusal;
  private @Nullable Stek sealing;
  private long sealingSince;
  private boolean aged;
  private volatile boolean closed;

  /**
   * Reads the files once.
   *
   * @param agedAfter how long a key may seal before the listener hears of it, once
   * @param listener called by the thread that calls {@link #look}
   * @throws KeyFileException if they cannot be used
   */
  public TicketKeyFiles(
      KeyFiles files, InstantSource clock, Duration agedAfter, Consumer<KeyFileEvent> listener)
      throws KeyFileException {
    this.files = files;
    this.clock = clock;
    this.agedAfter = agedAfter;
    this.listener = listener;
    watch = new FileWatch(files.paths());
    boolean _ = watch.isDue();
    take(files.readGood());
    watch.taken(true);
  }

  @Override
  public StekRing ring() {
    return ring;
  }

  /**
   * Takes up what has changed in the files since. A change is taken once it looks the same twice in
   * a row, so that a file that is still being written, or a set of files of which one is already
   * moved and the other not yet, is left to settle.
   */
  public void look() {
    looking.lock();
    try {
      if (!closed && watch.isDue()) {
        reload();
      } else if (!closed) {
        tellAge();
      }
    } finally {
      looking.unlock();
    }
  }

  /**
   * Looks every so often, on a thread of {@code scheduler}, until the result is cancelled. A look
   * that fails, as when the listener throws, is no reason not to look again.
   */
  public ScheduledFuture<?> watch(ScheduledExecutorService scheduler, Duration every) {
    return scheduler.scheduleWithFixedDelay(
        this::lookWhateverHappens, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  // What a scheduler's task throws ends it without a word, and a key taken out would stay in force.
  private void lookWhateverHappens() {
    try {
      look();
    } catch (Throwable _) {
      // The next look sees the same files.
    }
  }

  /** Wipes all keys. The ring is empty from now on. */
  @Override
  public synchronized void close() {
    closed = true;
    List<Stek> keys = ring.keys();
    ring = StekRing.of();
    keys.forEach(Stek::close);
  }

  private void reload() {
    try {
      List<FileKey> keys = files.readGood();
      if (!watch.isUnchanged()) {
        keys.forEach(FileKey::close);
        return; // Changed under our eyes: the next look sees it.
      }
      List<Stek> before = ring.keys();
      take(keys);
      if (closed) {
        return;
      }
      watch.taken(true);
      tellChange(before);
      refusal = null;
    } catch (KeyFileException e) {
      watch.taken(false);
      refuse(e.sentence());
    } catch (RuntimeException e) {
      watch.taken(false);
      refuse(files.paths().getFirst() + " cannot be read (" + e + "); check the file");
    }
  }

  private void refuse(String sentence) {
    if (!sentence.equals(refusal)) {
      refusal = sentence;
      listener.accept(new KeyFileEvent.Refused(sentence));
    }
  }

  private void tellChange(List<Stek> before) {
    Stek key = sealing;
    if (!ring.keys().equals(before) && key != null) {
      listener.accept(new KeyFileEvent.Changed(key.keyName(), ring.keys().size()));
    } else if (refusal != null) {
      listener.accept(new KeyFileEvent.Mended());
    }
  }

  private void tellAge() {
    Stek key = sealing;
    Duration age = Duration.ofMillis(clock.millis() - sealingSince);
    if (!aged && key != null && age.compareTo(agedAfter) > 0) {
      aged = true;
      listener.accept(new KeyFileEvent.Aged(key.keyName(), age));
    }
  }

  /** Closes {@code keys}. */
  private synchronized void take(List<FileKey> keys) throws KeyFileException {
    StekRing before = ring;
    try {
      if (closed) {
        return;
      }
      List<Stek> steks = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        KeyRole role = files.role(i, keys);
        steks.add(FileStek.of(keys.get(i), role, before));
        if (role == KeyRole.SEALS) {
          seals(steks.getLast(), watch.modified(Math.min(i, files.paths().size() - 1)));
        }
      }
      ring = FileStek.ring(steks, before);
    } finally {
      keys.forEach(FileKey::close);
    }
    FileStek.closeGone(before, ring);
  }

  // Its file's time is the best that is known of its age, and outlives a restart.
  private void seals(Stek key, @Nullable FileTime modified) {
    if (sealing == null || !key.name().equals(sealing.name())) {
      long now = clock.millis();
      sealing = key;
      sealingSince = modified == null ? now : Math.min(now, modified.toMillis());
      aged = false;
    }
  }
}
