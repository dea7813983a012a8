/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

/** A connection did what it ought to do, but not what the flags expect of it. */
final class UnexpectedException extends Exception {
  private static final long serialVersionUID = 1L;

  UnexpectedException(String sentence) {
    super(sentence);
  }
}
