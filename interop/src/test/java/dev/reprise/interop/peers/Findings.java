/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one test class has seen of a peer. Several may write of the same one, as SunJSSE needs a JVM
 * of its own for some features.
 */
final class Findings {
  static final Path DIRECTORY = Path.of("target", "peers");

  /** Which side the peer is. */
  enum Side {
    SERVER,
    CLIENT
  }

  static final String HELD = "yes";

  private final Peer peer;
  private final Side side;
  private final Set<Trial> held = ConcurrentHashMap.newKeySet();

  Findings(Peer peer, Side side) {
    this.peer = peer;
    this.side = side;
  }

  void held(Trial trial) {
    held.add(trial);
  }

  /** A line for each trial that held or that a limit explains, and one for the peer's version. */
  void write(Class<?> test, Limits limits, String version) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(line("VERSION", "", version));
    for (Trial trial : Trial.ALL) {
      limits.of(trial).ifPresent(sentence -> lines.add(line(trial, sentence)));
      if (held.contains(trial)) {
        lines.add(line(trial, HELD + limits.note(trial)));
      }
    }
    Files.createDirectories(DIRECTORY);
    Files.write(DIRECTORY.resolve(test.getSimpleName() + ".txt"), lines);
  }

  private String line(Trial trial, String what) {
    return line(trial.feature().name(), trial.version().name(), what);
  }

  private String line(String feature, String version, String what) {
    return String.join("\t", side.name(), peer.name(), feature, version, what);
  }
}
