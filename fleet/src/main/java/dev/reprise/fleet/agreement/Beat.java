/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import dev.reprise.fleet.FleetNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A node's sign of life, written with each poll under its node ID.
 *
 * <pre>
 * struct {
 *     uint8  version = 1;
 *     uint64 at;                  // milliseconds since 1970 on the fleet's clock
 *     uint64 generation;          // of the keys that it accepts
 *     opaque pair[16];            // the key pair that keys are to be wrapped to
 *     opaque label&lt;0..255&gt;;       // what people call the node
 *     opaque held&lt;0..1024&gt;;       // names of the ticket keys that it holds, 16 bytes each
 * } Beat;
 * </pre>
 */
public record Beat(long atMillis, long generation, Opaque pair, String label, Set<Opaque> held) {
  /** More keys are never at once: a ring that is asked for more is not made by nodes. */
  static final int MOST_KEYS = 1_100;

  private static final int VERSION = 1;
  private static final int LONGEST_LABEL = 255;

  public Beat {
    Records.requireId(pair);
    held = Set.copyOf(held);
  }

  /** The node that gave it, as of {@code now}. */
  public FleetNode node(Opaque id, long now) {
    Duration silence = Duration.ofMillis(Math.max(0, now - atMillis));
    return new FleetNode(id, label, silence, generation, held.size());
  }

  Opaque write() {
    TlsWriter out = new TlsWriter(64 + Records.ID_LENGTH * held.size());
    out.uint8(VERSION).uint64(atMillis).uint64(generation).opaque(pair);
    out.opaque8(labelBytes());
    int start = out.open(2);
    held.forEach(out::opaque);
    out.close(start, 2);
    return out.toOpaque();
  }

  private Opaque labelBytes() {
    byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
    return Opaque.takeOver(bytes, 0, Math.min(LONGEST_LABEL, bytes.length));
  }

  static Beat read(TlsReader in) throws DecodeException {
    Records.version(in, VERSION);
    long at = in.uint64("at");
    long generation = in.uint64("generation");
    Opaque pair = Records.id(in, "pair");
    String label =
        new String(in.opaque8(0, LONGEST_LABEL, "label").toArray(), StandardCharsets.UTF_8);
    TlsReader names = in.vector16(0, "held");
    List<Opaque> held = new ArrayList<>();
    while (names.hasRemaining() && held.size() <= MOST_KEYS) {
      held.add(Records.id(names, "held"));
    }
    names.end("held");
    return new Beat(at, generation, pair, label, Set.copyOf(held));
  }
}
