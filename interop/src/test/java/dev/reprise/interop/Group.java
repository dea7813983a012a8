/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.util.EnumSet;
import java.util.Set;

/** The key exchange groups. */
enum Group {
  X25519("x25519"),
  P256("secp256r1"),
  P384("secp384r1"),
  HYBRID("X25519MLKEM768");

  /** Those that every stack has. */
  static final Set<Group> CLASSIC = EnumSet.of(X25519, P256, P384);

  private final String standardName;

  Group(String standardName) {
    this.standardName = standardName;
  }

  String standardName() {
    return standardName;
  }
}
