/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

/** Flags that do not go together; the message is one sentence that names them and the mend. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String sentence) {
    super(sentence);
  }
}
