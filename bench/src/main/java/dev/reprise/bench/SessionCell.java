/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One figure of the sessions benchmark, in a JVM of its own: {@code REMEMBERER COUNT NAMES}. The
 * heap is of fixed size and touched beforehand, so what the resident set grows by lies outside of
 * it; what the heap holds is counted after a full collection. The sum of both, through the count,
 * is what a session takes in memory.
 */
public final class SessionCell {
  private static final int SECONDS = 3;

  private SessionCell() {}

  public static void main(String[] arguments) throws Exception {
    Rememberer rememberer = Rememberer.valueOf(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    int names = Integer.parseInt(arguments[2]);
    Remembering other = rememberer.remembering(rememberer.warmUp(), names);
    try {
      warmUp(other, rememberer.warmUp());
      measure(rememberer, count, names);
    } finally {
      // Its memory must not become free before, and be used again.
      Reference.reachabilityFence(other);
    }
  }

  private static void measure(Rememberer rememberer, int count, int names) throws Exception {
    Remembering measured = rememberer.remembering(count, names);
    Memory before = Memory.now();
    for (int i = 0; i < count; i++) {
      measured.add(i);
    }
    Memory after = Memory.now();
    System.out.printf(
        Locale.ROOT,
        "{\"rememberer\": \"%s\", \"sessions\": %d, \"names\": %d, \"bytesPerSession\": %.1f,"
            + " \"heapBytesPerSession\": %.1f,"
            + " \"lookupsPerSecond1\": %.0f, \"lookupsPerSecond2\": %.0f}%n",
        rememberer.title(),
        count,
        names,
        (double) (after.all() - before.all()) / count,
        (double) (after.heap() - before.heap()) / count,
        lookups(measured, count, 1),
        lookups(measured, count, 2));
  }

  /** What is loaded and compiled on the way is not the sessions'. */
  private static void warmUp(Remembering remembering, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      remembering.add(i);
    }
    lookups(remembering, count, 2);
  }

  private static double lookups(Remembering remembering, int count, int threads) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        SplittableRandom random = new SplittableRandom(i);
        rates.add(executor.submit(() -> lookups(remembering, count, random)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    }
  }

  private static double lookups(Remembering remembering, int count, SplittableRandom random) {
    long start = System.nanoTime();
    long end = start + SECONDS * 1_000_000_000L;
    long done = 0;
    long now = start;
    while (now < end) {
      for (int i = 0; i < 1000; i++) {
        if (!remembering.find(random.nextInt(count))) {
          throw new IllegalStateException("A session is lost");
        }
      }
      done += 1000;
      now = System.nanoTime();
    }
    return done * 1e9 / (now - start);
  }

  /**
   * In bytes.
   *
   * @param resident of the whole process
   */
  private record Memory(long resident, long heap) {
    static Memory now() throws IOException, InterruptedException {
      for (int i = 0; i < 3; i++) {
        System.gc();
        Thread.sleep(200);
      }
      try (var lines = Files.lines(Path.of("/proc/self/smaps_rollup"))) {
        String line = lines.filter(l -> l.startsWith("Rss:")).findFirst().orElseThrow();
        return new Memory(
            1024 * Long.parseLong(line.replaceAll("\\D", "")),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
    }

    long all() {
      return resident + heap;
    }
  }
}
