/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.Collections;
import java.util.Locale;

/** A table in Markdown. */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  Markdown(String... head) {
    line(head);
    line(Collections.nCopies(head.length, "---").toArray(new String[0]));
  }

  Markdown line(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    return this;
  }

  /** Three digits that say something. */
  static String number(double value) {
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** How many times {@code other} the first is. */
  static String ratio(double value, double other) {
    return String.format(Locale.ROOT, "%.2f×", value / other);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
