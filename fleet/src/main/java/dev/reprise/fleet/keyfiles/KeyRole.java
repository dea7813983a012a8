/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

/** What a key of a file is for, by its place in it. */
public enum KeyRole {
  /** It opens tickets that it sealed when its place was another. */
  OPENS("opens"),
  /** It seals tickets, and opens them. */
  SEALS("seals"),
  /** It opens tickets of nodes that have rotated already, and seals after the next rotation. */
  SEALS_NEXT("seals next");

  private final String word;

  KeyRole(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
