/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import dev.reprise.testkit.KeyKind;

/**
 * One combination of all that two sides can agree on. The server has nothing else enabled; the
 * client would also take other things, as clients do.
 *
 * @param key of the server's certificate, and of the client's if it has one
 */
record Cell(Version version, String suite, Group group, KeyKind key, ClientProof proof, Mode mode) {

  @Override
  public String toString() {
    return version.jsseName() + " " + suite + " " + group + " " + key + " " + proof + " " + mode;
  }
}
