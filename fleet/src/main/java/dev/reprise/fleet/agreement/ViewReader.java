/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads records, and keeps count of those that no node of this fleet has written. */
final class ViewReader {
  private final Envelope envelope;
  private final List<FleetKey> keys;
  private final Set<Opaque> underOldKey = new HashSet<>();
  private int unauthentic;

  ViewReader(Envelope envelope, List<FleetKey> keys) {
    this.envelope = envelope;
    this.keys = keys;
  }

  <T> @Nullable T one(Kind kind, byte @Nullable [] sealed, Envelope.Reader<T> reader) {
    return sealed == null ? null : read(kind, Opaque.EMPTY, sealed, reader);
  }

  /** Those under a place that could be one: at most 255 bytes. */
  <T> Map<Opaque, T> all(Kind kind, Map<Opaque, byte[]> found, Envelope.Reader<T> reader) {
    Map<Opaque, T> all = new HashMap<>();
    found.forEach((place, sealed) -> {
      T read = place.length() > 255 ? null : read(kind, place, sealed, reader);
      if (read != null) {
        all.put(place, read);
      }
    });
    return all;
  }

  private <T> @Nullable T read(Kind kind, Opaque place, byte[] sealed, Envelope.Reader<T> reader) {
    Envelope.Opened opened = envelope.open(keys, kind, place, sealed);
    T read = opened == null ? null : Envelope.read(opened, reader);
    if (opened == null || read == null) {
      unauthentic++;
      return null;
    }
    if (opened.underOldKey()) {
      underOldKey.add(place);
    }
    return read;
  }

  Set<Opaque> underOldKey() {
    return underOldKey;
  }

  int unauthentic() {
    return unauthentic;
  }
}
