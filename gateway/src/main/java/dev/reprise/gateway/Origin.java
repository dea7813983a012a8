/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.util.Locale;

/** Where the full handshake was that a resumed session descends from. */
enum Origin {
  /** In this process. */
  HERE,
  /** On another node, or in this one before it was started. */
  ELSEWHERE,
  /** So long ago that this node has forgotten what it has made since. */
  UNKNOWN;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
