/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.ssl.NettyOwn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs Netty's own tests, and counts them. */
class DropInTest {
  private static final Path NOT_PASSED = Path.of("netty-not-passed.txt");

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void passesNettysOwnTests() throws IOException {
    Counting counting = new Counting();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(NettyOwn.class))
                .build(),
            counting);
    assertEquals(
        String.join("\n", reasons().keySet()),
        String.join("\n", new TreeSet<>(counting.failures.keySet())),
        () -> "Those that do not pass, each with a reason: " + counting.failures);
    Files.createDirectories(Results.DIRECTORY);
    Files.writeString(Results.DIRECTORY.resolve("DropIn.count"), counting + "\n");
  }

  /** By the name of the test, which may be run with many parameters. */
  static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    for (String line : Files.readAllLines(NOT_PASSED)) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" = ", 2);
        reasons.put(parts[0], parts[1]);
      }
    }
    return reasons;
  }

  private static final class Counting implements TestExecutionListener {
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();
    private int passed;
    private int failed;
    private int inapplicable;

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (!test.isTest()) {
        return;
      }
      switch (result.getStatus()) {
        case SUCCESSFUL -> passed++;
        case ABORTED -> inapplicable++;
        case FAILED -> {
          failed++;
          failures.putIfAbsent(name(test), result.getThrowable().orElseThrow());
        }
      }
    }

    private static String name(TestIdentifier test) {
      return test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(source -> ((MethodSource) source).getMethodName())
          .orElseGet(test::getDisplayName);
    }

    @Override
    public synchronized String toString() {
      return passed + " passed, " + failed + " not, " + inapplicable + " do not apply";
    }
  }
}
