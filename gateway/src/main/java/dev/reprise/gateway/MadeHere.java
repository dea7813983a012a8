/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.util.HashSet;
import java.util.Set;

/**
 * Remembers which sessions this node has made, in two generations: when the younger one is full the
 * elder one is dropped. So it takes some megabytes at most, and knows when it does not know.
 */
final class MadeHere {
  private final int mostInGeneration;
  private final long startedAtMillis;
  private Set<Long> younger = new HashSet<>();
  private Set<Long> elder = Set.of();

  /** All that was made since is in one of the generations. */
  private long completeSinceMillis;

  private long youngerSinceMillis;

  /**
   * @param now in milliseconds since 1970, as all times here
   */
  MadeHere(int mostInGeneration, long now) {
    this.mostInGeneration = mostInGeneration;
    this.startedAtMillis = now;
    this.completeSinceMillis = now;
    this.youngerSinceMillis = now;
  }

  /** A full handshake has made a session. */
  synchronized void add(String revocationId, long now) {
    if (younger.size() >= mostInGeneration) {
      elder = younger;
      completeSinceMillis = youngerSinceMillis;
      younger = new HashSet<>();
      youngerSinceMillis = now;
    }
    younger.add(prefix(revocationId));
  }

  /**
   * Where a session was made.
   *
   * @param madeAtMillis when its full handshake was
   */
  synchronized Origin origin(String revocationId, long madeAtMillis) {
    long id = prefix(revocationId);
    if (younger.contains(id) || elder.contains(id)) {
      return Origin.HERE;
    }
    return madeAtMillis < startedAtMillis || madeAtMillis >= completeSinceMillis
        ? Origin.ELSEWHERE
        : Origin.UNKNOWN;
  }

  /** 64 bits of a hash: two of a million sessions are the same once in 37 million times. */
  private static long prefix(String revocationId) {
    return Long.parseUnsignedLong(revocationId, 0, 16, 16);
  }
}
