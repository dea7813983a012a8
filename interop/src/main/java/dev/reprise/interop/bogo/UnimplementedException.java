/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

/** The runner asks for something that Reprise does not have; the test does not count. */
final class UnimplementedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnimplementedException(String what) {
    super(what);
  }
}
