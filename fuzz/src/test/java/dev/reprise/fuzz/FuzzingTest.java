/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten seconds on each target, from the seeds; {@code fuzz/run} is for longer. */
final class FuzzingTest {
  private static final int SECONDS = Integer.getInteger("reprise.fuzz.seconds", 10);

  /** A JVM for each processor; JUnit would start more while these are waited for. */
  private static final Semaphore PLACES =
      new Semaphore(Math.min(2, Runtime.getRuntime().availableProcessors()));

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void findsNothing(Target target) throws IOException, InterruptedException {
    Path work = Path.of("target", "short");
    PLACES.acquire();
    JazzerRun run;
    try {
      run = JazzerRun.of(target, work, SeedFiles.FOLDER, Long.MAX_VALUE, SECONDS);
    } finally {
      PLACES.release();
    }
    assertEquals(0, run.exitCode(), "it found something: see " + run.log());
    assertTrue(run.executions() > 100, run + " has hardly run");
    assertTrue(run.edges() > 50, run + " has hardly got anywhere");
  }
}
