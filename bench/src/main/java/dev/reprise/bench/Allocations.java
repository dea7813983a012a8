/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The bytes that handshakes allocate, beside those that were kept. Bytes are the same on every
 * machine, as long as the compiler that removes allocations, when it comes to it, is left out; so
 * these are more than what benchmarks measure.
 */
final class Allocations {
  static final String FILE = "allocated-bytes.properties";
  static final String RENEWAL = "./bench/run allocations --renew";

  private static final int MOST_MINUTES = 3;
  private static final int MOST_PERCENT = 5;

  private static final String HEAD =
      """
      # Bytes that each side of a handshake allocates; X25519 where no group is named, ECDSA P-256,
      # AES-128-GCM, the fastest providers, and no compiler that removes allocations. The build fails
      # when one of them is exceeded by more than 5%. If that is meant: ./bench/run allocations --renew
      """;

  private final Map<String, Long> bytes;

  private Allocations(Map<String, Long> bytes) {
    this.bytes = bytes;
  }

  /** Measures, in a JVM of its own. */
  static Allocations measure() throws IOException {
    Process process =
        new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("Measuring allocated bytes has failed, as said above");
      }
      return parse(printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What was kept in {@code file}. */
  static Allocations read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static Allocations parse(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, Long> bytes = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      bytes.put(name, Long.valueOf(properties.getProperty(name)));
    }
    return new Allocations(bytes);
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    bytes.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    Files.writeString(file, text);
  }

  /** By the handshake and the side. */
  Map<String, Long> bytes() {
    return Collections.unmodifiableMap(bytes);
  }

  /** A sentence for each figure that is more than 5% above the one kept, or kept nowhere. */
  List<String> regressionsSince(Allocations kept) {
    List<String> sentences = new ArrayList<>();
    bytes.forEach((name, now) -> {
      Long before = kept.bytes.get(name);
      if (before == null || now * 100 > before * (100 + MOST_PERCENT)) {
        sentences.add(
            "%s allocates %d bytes a handshake, and %s were kept; if that is meant, renew the"
                    .formatted(name, now, before == null ? "none" : before)
                + " figures by "
                + RENEWAL);
      }
    });
    return sentences;
  }

  String table(Allocations kept) {
    Markdown text = new Markdown("bytes allocated", "now", "kept");
    bytes.forEach((name, now) ->
        text.line(
            name,
            String.format(Locale.ROOT, "%,d", now),
            kept.bytes.containsKey(name)
                ? String.format(Locale.ROOT, "%,d", kept.bytes.get(name))
                : "-"));
    return text.toString();
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        AllocationCell.class.getName());
  }
}
