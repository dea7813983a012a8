/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.rules;

/**
 * A row of {@code docs/rules.md}.
 *
 * @param family the heading it stands under, as {@code "E. TLS 1.3 PSK and tickets"}
 * @param reason why it is not shown by tests; empty if it applies
 */
record Rule(String id, String family, State state, String reason) {
  /** What a row says last. */
  enum State {
    APPLIES("applies"),
    NOT_APPLICABLE("not applicable"),
    OPEN("open");

    final String word;

    State(String word) {
      this.word = word;
    }
  }

  int number() {
    return Integer.parseInt(id.substring(1));
  }
}
