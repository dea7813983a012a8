/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

/** What one connection has cost so far, counted where the engine asks for primitives. */
final class Work {
  long bytesHashed;
  int macs;
  int recordsOpened;
  int recordsSealed;
  int keyExchanges;
  int signatures;

  @Override
  public String toString() {
    return bytesHashed
        + " bytes hashed, "
        + macs
        + " MACs, "
        + recordsOpened
        + " records opened, "
        + recordsSealed
        + " sealed, "
        + keyExchanges
        + " key exchanges, "
        + signatures
        + " signatures";
  }
}
