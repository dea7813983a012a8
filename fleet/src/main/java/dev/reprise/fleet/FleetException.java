/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

/**
 * A URL, a file or a setting of a fleet that cannot be used. The message is the rest of a sentence
 * that begins with what it is about, without its full stop: what is wrong, and the mend; never a
 * byte of a key or a password.
 */
public final class FleetException extends Exception {
  private static final long serialVersionUID = 1L;

  public FleetException(String sentence) {
    super(sentence);
  }

  public FleetException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
