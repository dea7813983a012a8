/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Java Flight Recorder for the length of a piece of a test. */
public final class FlightRecordings {
  /** What is recorded meanwhile. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  private FlightRecordings() {}

  /** All events of this name while {@code action} ran, other tests' in this process included. */
  public static List<RecordedEvent> during(String event, Action action) throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable(event).withoutThreshold();
      recording.start();
      action.run();
      recording.stop();
      return read(recording).stream()
          .filter(each -> each.getEventType().getName().equals(event))
          .toList();
    }
  }

  /** The same, but only what the calling thread did. */
  public static List<RecordedEvent> ofThisThread(String event, Action action) throws Exception {
    long thread = Thread.currentThread().threadId();
    return during(event, action).stream()
        .filter(each -> each.getThread() != null && each.getThread().getJavaThreadId() == thread)
        .toList();
  }

  private static List<RecordedEvent> read(Recording recording) throws IOException {
    Path file = Files.createTempFile("reprise-", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file);
    } finally {
      Files.delete(file);
    }
  }
}
