/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import java.time.Duration;

/** What happened to a node in its fleet; one sentence of it for a log, without its full stop. */
public sealed interface FleetEvent {
  String sentence();

  /** Whether somebody should look after it. */
  boolean isTrouble();

  /** Redis does not answer. */
  record Unreachable(String address, String why) implements FleetEvent {
    @Override
    public String sentence() {
      return "Redis at "
          + address
          + " does not answer ("
          + why
          + "): this node goes on with the ticket keys that it has, and looks again";
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  /** Redis answers. */
  record Reachable(String address, int others) implements FleetEvent {
    @Override
    public String sentence() {
      return "Redis at "
          + address
          + " answers: this node is one of "
          + (others + 1)
          + (others == 0 ? ", so far" : "");
    }

    @Override
    public boolean isTrouble() {
      return false;
    }
  }

  /** This machine's clock is wrong, or Redis's is. */
  record ClockOff(Duration offset) implements FleetEvent {
    @Override
    public String sentence() {
      return "The clock here is "
          + offset.abs().toMillis()
          + " ms "
          + (offset.isNegative() ? "ahead of" : "behind")
          + " Redis's, by which the fleet goes; look after the clocks (NTP)";
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  /** Other fleet keys are in force. */
  record FleetKeyChanged(String path) implements FleetEvent {
    @Override
    public String sentence() {
      return "The fleet key in " + path + " has changed, and is in force";
    }

    @Override
    public boolean isTrouble() {
      return false;
    }
  }

  /**
   * The file with the fleet key cannot be used any more.
   *
   * @param reason file, trouble and mend
   */
  record FleetKeyRefused(String reason) implements FleetEvent {
    @Override
    public String sentence() {
      return "The fleet key stays what it was: " + reason;
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  /** Something failed that should not; the node goes on. */
  record Failed(Throwable cause) implements FleetEvent {
    @Override
    public String sentence() {
      return "This node's part in its fleet has failed for once, and is tried again: " + cause;
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  /** About the ticket keys. */
  record Keys(String sentence, boolean isTrouble) implements FleetEvent {}
}
