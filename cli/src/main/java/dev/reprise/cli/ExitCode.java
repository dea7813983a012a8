/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

/** What a command tells the shell. */
final class ExitCode {
  static final int FINE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  private ExitCode() {}
}
