/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import jdk.jfr.FlightRecorder;

/** Whether anybody may be recording at all. */
final class FlightRecording {
  /** On the class path of a small runtime image, the recorder's module may be missing. */
  private static final boolean POSSIBLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecording() {}

  /**
   * Whether somebody has ever started to record in this process. Before that no class of an event
   * is touched: to load the first one makes the recorder ready, which costs more than a handshake.
   */
  static boolean hasBegun() {
    return POSSIBLE && FlightRecorder.isInitialized();
  }
}
