/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

/** Whether there is a Java Flight Recorder: on the class path, its module may be missing. */
final class FlightRecording {
  static final boolean POSSIBLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecording() {}
}
