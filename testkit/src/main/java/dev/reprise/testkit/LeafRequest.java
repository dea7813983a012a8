/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.time.Instant;
import java.util.List;

/**
 * What a leaf certificate shall say. Two equal requests to one authority give the same identity.
 *
 * @param names DNS names, or IP addresses in their usual text form; the first is the common name
 */
public record LeafRequest(
    KeyKind kind, Usage usage, List<String> names, Instant notBefore, Instant notAfter) {

  /** What the key usage and the extended key usage allow. */
  public enum Usage {
    SERVER,
    CLIENT,
    /** A server's key for the key exchanges of old, which is not for signatures. */
    ENCIPHERING_SERVER
  }

  /** Long before any test runs. */
  public static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");

  /** Long after any test runs, and still a UTCTime. */
  public static final Instant NOT_AFTER = Instant.parse("2049-01-01T00:00:00Z");

  public LeafRequest {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a leaf certificate needs a name");
    }
  }

  public static LeafRequest server(KeyKind kind, String... names) {
    return new LeafRequest(kind, Usage.SERVER, List.of(names), NOT_BEFORE, NOT_AFTER);
  }

  public static LeafRequest client(KeyKind kind, String... names) {
    return new LeafRequest(kind, Usage.CLIENT, List.of(names), NOT_BEFORE, NOT_AFTER);
  }

  /** The same, but valid only from {@code from} to {@code to}. */
  public LeafRequest valid(Instant from, Instant to) {
    return new LeafRequest(kind, usage, names, from, to);
  }
}
