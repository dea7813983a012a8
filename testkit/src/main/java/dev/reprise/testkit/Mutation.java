/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

/** One small damage done to a message. Its text says which, for the name of the test case. */
public final class Mutation {
  private final String description;
  private final byte[] bytes;

  Mutation(String description, byte[] bytes) {
    this.description = description;
    this.bytes = bytes;
  }

  /** For example {@code bit 3 of byte 17 of 120 flipped}. */
  public String description() {
    return description;
  }

  /** The damaged message, a copy of its own for every caller. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return description;
  }
}
