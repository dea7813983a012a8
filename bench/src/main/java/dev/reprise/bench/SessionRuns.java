/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What remembered sessions take in memory and how fast they are found, a JVM for each line. */
final class SessionRuns {
  static final String NOTES =
      "Bytes: growth of the resident set outside the Java heap and of the heap after a collection."
          + " SunJSSE's cache holds as many bytes for each session whatever its name; it is filled"
          + " by handshakes, and, where those would take too long, by copies of a session that a"
          + " handshake has left there, with all that it does not share with the next one's.";

  private static final int MILLION = 1_000_000;
  private static final int FEW_NAMES = 1_000;
  private static final int MOST_MINUTES = 10;

  /** One line. */
  private record Line(Rememberer rememberer, int sessions, int names) {}

  private static final List<Line> QUICK =
      List.of(
          new Line(Rememberer.REPRISE, MILLION / 10, FEW_NAMES),
          new Line(Rememberer.REPRISE, MILLION / 10, MILLION / 10),
          new Line(Rememberer.SUNJSSE_BY_HANDSHAKES, 5_000, FEW_NAMES),
          new Line(Rememberer.SUNJSSE_BY_COPIES, MILLION / 10, FEW_NAMES));

  private static final List<Line> USUAL =
      List.of(
          new Line(Rememberer.REPRISE, MILLION, FEW_NAMES),
          new Line(Rememberer.REPRISE, MILLION, MILLION),
          new Line(Rememberer.SUNJSSE_BY_COPIES, MILLION, FEW_NAMES),
          new Line(Rememberer.SUNJSSE_BY_COPIES, 20_000, FEW_NAMES),
          new Line(Rememberer.SUNJSSE_BY_HANDSHAKES, 20_000, FEW_NAMES),
          new Line(Rememberer.REPRISE, 10 * MILLION, FEW_NAMES),
          new Line(Rememberer.REPRISE, 10 * MILLION, 10 * MILLION));

  private final Path directory;
  private final PrintStream progress;
  private final List<Line> lines;

  SessionRuns(Path directory, PrintStream progress, boolean quick) {
    this.directory = directory;
    this.progress = progress;
    this.lines = quick ? QUICK : USUAL;
  }

  /** Runs all, keeps the figures and returns the table. */
  String run() throws IOException {
    List<String> figures = new ArrayList<>();
    for (Line line : lines) {
      progress.printf(
          "sessions: %s, %d, %d names%n", line.rememberer().title(), line.sessions(), line.names());
      figures.add(run(line));
    }
    Files.createDirectories(directory);
    Files.writeString(json(), "[\n" + String.join(",\n", figures) + "\n]\n");
    return table(figures);
  }

  Path json() {
    return directory.resolve("sessions.json");
  }

  private static String run(Line line) throws IOException {
    Process process =
        new ProcessBuilder(command(line)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(line + " has taken more than " + MOST_MINUTES + " minutes");
      }
      if (process.exitValue() != 0) {
        throw new IOException(line + " has failed, as said above");
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> command(Line line) {
    Rememberer rememberer = line.rememberer();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    rememberer
        .opened()
        .forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(
        List.of(
            "-Xms" + rememberer.heap(),
            "-Xmx" + rememberer.heap(),
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=8g",
            "-cp",
            System.getProperty("java.class.path"),
            SessionCell.class.getName(),
            rememberer.name(),
            Integer.toString(line.sessions()),
            Integer.toString(line.names())));
    return command;
  }

  static String table(List<String> figures) {
    Markdown text =
        new Markdown(
            "TLS 1.2 sessions",
            "how many",
            "server names",
            "bytes each",
            "of them on the heap",
            "lookups/s, 1 thread",
            "2 threads");
    for (String figure : figures) {
      text.line(
          field(figure, "rememberer"),
          number(figure, "sessions"),
          number(figure, "names"),
          field(figure, "bytesPerSession"),
          field(figure, "heapBytesPerSession"),
          number(figure, "lookupsPerSecond1"),
          number(figure, "lookupsPerSecond2"));
    }
    return text.toString();
  }

  private static String number(String json, String name) {
    return String.format(Locale.ROOT, "%,d", Long.parseLong(field(json, name)));
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": (\"([^\"]*)\"|[^,}]*)").matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException("There is no " + name + " in " + json);
    }
    return matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
  }
}
