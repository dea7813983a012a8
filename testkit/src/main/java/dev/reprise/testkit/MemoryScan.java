/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for keys in the memory of a child process (Linux), or in a file such as a heap dump. */
public final class MemoryScan {
  private static final int CHUNK = 1 << 20;

  /** As long as the longest key, so that none is missed where two chunks meet. */
  private static final int OVERLAP = 256;

  private static final Pattern REGION =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (....) \\S+ \\S+ \\S+\\s*(.*)");

  /**
   * A piece of the address space.
   *
   * @param name the file mapped, or a name such as {@code [heap]}; may be empty
   */
  public record Region(long start, long end, String name) {
    /** Whether all of it lies between the two. */
    public boolean isWithin(long from, long to) {
      return from <= start && end <= to;
    }
  }

  /** A trace and where it lies. */
  public record Found(KeyTraces.Trace trace, Region region) {}

  private MemoryScan() {}

  /** What can be read of a process of ours, in the order of addresses. */
  public static List<Region> regions(long pid) throws IOException {
    List<Region> regions = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/maps"))) {
      Matcher matcher = REGION.matcher(line);
      if (!matcher.matches()) {
        throw new IOException("not a line of maps: " + line);
      }
      String name = matcher.group(4);
      boolean kernels = name.startsWith("[v"); // vvar, vdso, vsyscall
      if (matcher.group(3).startsWith("r") && !kernels) {
        regions.add(
            new Region(
                Long.parseLong(matcher.group(1), 16), Long.parseLong(matcher.group(2), 16), name));
      }
    }
    return regions;
  }

  /** The traces in {@code regions} of the process, which goes on meanwhile. */
  public static List<Found> process(long pid, List<Region> regions, KeyTraces keys)
      throws IOException {
    List<Found> found = new ArrayList<>();
    try (FileChannel memory = open(Path.of("/proc/" + pid + "/mem"))) {
      for (Region region : regions) {
        for (KeyTraces.Trace trace : scan(memory, region.start(), region.end(), keys)) {
          found.add(new Found(trace, region));
        }
      }
    }
    return found;
  }

  /** The traces in a file. */
  public static List<KeyTraces.Trace> file(Path file, KeyTraces keys) throws IOException {
    try (FileChannel channel = open(file)) {
      return scan(channel, 0, channel.size(), keys);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  private static List<KeyTraces.Trace> scan(
      FileChannel channel, long start, long end, KeyTraces keys) throws IOException {
    List<KeyTraces.Trace> traces = new ArrayList<>();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long found = start;
    for (long at = start; at < end; at += CHUNK - OVERLAP) {
      int length = read(channel, at, chunk.clear().limit((int) Math.min(CHUNK, end - at)));
      for (KeyTraces.Trace trace : keys.in(chunk.array(), length, at)) {
        // What begins in the overlap is found again, perhaps longer, and counts then; of what
        // reaches into it the rest is.
        if (trace.at() < at + CHUNK - OVERLAP && trace.at() >= found) {
          traces.add(trace);
          found = trace.at() + trace.length();
        }
      }
    }
    return traces;
  }

  /** As much as there is: a region may be gone, or shorter than it was. */
  private static int read(FileChannel channel, long at, ByteBuffer into) {
    try {
      while (into.hasRemaining() && channel.read(into, at + into.position()) > 0) {}
    } catch (IOException _) {
      // Unmapped meanwhile: then it holds nothing any more.
    }
    return into.position();
  }
}
