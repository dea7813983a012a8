/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

/**
 * A ticket key file that cannot be used. The message is one sentence, without its full stop, that
 * names the file, what is wrong with it and the mend; never a byte of a key.
 */
public final class KeyFileException extends Exception {
  private static final long serialVersionUID = 1L;

  public KeyFileException(String sentence) {
    super(sentence);
  }

  public KeyFileException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
