/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of somebody else's, from its start until it ends or is not needed any more. */
public final class Program implements AutoCloseable {
  /** Long enough for a loaded machine, short enough to fail before the test run gives up. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** In the queue, behind the last line of standard output and of standard error. */
  private static final Object END = new Object();

  private final Process process;
  private final BlockingQueue<Object> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private int ends;

  private Program(Process process) {
    this.process = process;
  }

  public static Program start(List<String> command) throws IOException {
    Program program = new Program(new ProcessBuilder(command).start());
    Thread.ofVirtual().start(() -> program.read(program.process.inputReader()));
    Thread.ofVirtual().start(() -> program.read(program.process.errorReader()));
    return program;
  }

  /** Every line that {@code command} writes until it ends by itself, being given {@code input}. */
  public static List<String> output(String input, List<String> command) throws IOException {
    try (Program program = start(command)) {
      try (OutputStream in = program.process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException _) {
        // It had ended before it read all; what it wrote will tell.
      }
      program.awaitEnd();
      return program.seen;
    }
  }

  public boolean runs() {
    return process.isAlive();
  }

  /** Waits for a line that matches, however much is written before. */
  public Matcher await(String regex) {
    Pattern pattern = Pattern.compile(regex);
    while (ends < 2) {
      Matcher matcher = pattern.matcher(next());
      if (matcher.find()) {
        return matcher;
      }
    }
    throw new AssertionError("it has ended without " + regex + ": " + seen);
  }

  /** All lines from the one after the last that was waited for to the next one that matches. */
  public List<String> linesUntil(String regex) {
    int start = seen.size();
    await(regex);
    return List.copyOf(seen.subList(start, seen.size()));
  }

  /** The group of the first line that matches, or nothing. */
  public static String found(Pattern pattern, List<String> lines) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1).strip())
        .findFirst()
        .orElse("");
  }

  private void awaitEnd() {
    while (ends < 2) {
      next();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The next line of either stream, or an empty one where a stream has ended. */
  private String next() {
    try {
      Object line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("silent for " + PATIENCE + ": " + seen);
      }
      if (line == END) {
        ends++;
        return "";
      }
      seen.add(line.toString());
      return line.toString();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted after " + seen, e);
    }
  }

  private void read(BufferedReader reader) {
    try (reader) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException _) {
      // It was closed meanwhile.
    }
    lines.add(END);
  }
}
