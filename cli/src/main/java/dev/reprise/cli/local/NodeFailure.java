/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

/** A node that has not come up. */
public final class NodeFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "reprise: ";

  private final int exitCode;

  NodeFailure(String lastLine, int exitCode) {
    super(
        (lastLine.startsWith(PREFIX) ? lastLine.substring(PREFIX.length()) : lastLine)
            .replaceFirst("\\.$", ""));
    this.exitCode = exitCode;
  }

  /** As {@code serve} has it: 2 if a flag was wrong. */
  public int exitCode() {
    return exitCode;
  }
}
