/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.time.Duration;

/** What happened to watched key files; one sentence of it for a log, without its full stop. */
public sealed interface KeyFileEvent {
  String sentence();

  /**
   * Other keys are in force.
   *
   * @param keyName of the key that seals now, as logs and metrics show it
   * @param keys how many there are
   */
  record Changed(String keyName, int keys) implements KeyFileEvent {
    @Override
    public String sentence() {
      return "The ticket key files have changed: "
          + keyName
          + " seals tickets now, and "
          + (keys == 1 ? "it alone" : "each of " + keys)
          + " opens them";
    }
  }

  /**
   * The files cannot be used as they are now.
   *
   * @param reason file, trouble and mend
   */
  record Refused(String reason) implements KeyFileEvent {
    @Override
    public String sentence() {
      return "The ticket keys stay what they were: " + reason;
    }
  }

  /** The files can be used again, and hold the keys that are in force. */
  record Mended() implements KeyFileEvent {
    @Override
    public String sentence() {
      return "The ticket key files can be used again and hold the keys that are in force";
    }
  }

  /** Nobody has rotated the files: the key {@code keyName} seals since {@code age}. */
  record Aged(String keyName, Duration age) implements KeyFileEvent {
    @Override
    public String sentence() {
      return "The ticket key "
          + keyName
          + " has been sealing for "
          + (age.toHours() < 2 ? age.toMinutes() + " minutes" : age.toHours() + " hours")
          + ", and whoever gets hold of it can open every ticket of that time; put a new key into"
          + " the files, or say with --rotate-every how often that happens";
    }
  }
}
