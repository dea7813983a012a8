/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

/** What an application, or a provider of cryptography, can throw although nobody declared it. */
enum Fault {
  STATE {
    @Override
    RuntimeException strike() {
      throw new IllegalStateException("struck");
    }
  },
  LINKAGE {
    @Override
    RuntimeException strike() {
      throw new NoClassDefFoundError("struck");
    }
  },
  STACK {
    @Override
    RuntimeException strike() {
      throw new StackOverflowError("struck");
    }
  };

  /** Throws; the type is for callers who have to return something. */
  abstract RuntimeException strike();
}
