/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

/** What a record is; its code is authenticated with it. */
public enum Kind {
  TIMES(1),
  GENERATION(2),
  ANNOUNCEMENT(3),
  BEAT(4),
  KEY(5),
  REVOCATION(6);

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
