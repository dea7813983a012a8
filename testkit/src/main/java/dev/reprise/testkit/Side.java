/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.util.Locale;

/** An end of a connection. */
public enum Side {
  CLIENT,
  SERVER;

  public Side other() {
    return this == CLIENT ? SERVER : CLIENT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
