/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

/** Says in one line why something failed. */
final class Reason {
  private Reason() {}

  /** What the failure says that all others followed from. */
  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
