/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Set;

record ThrowingConstraints(Fault fault) implements AlgorithmConstraints {
  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
    throw fault.strike();
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    throw fault.strike();
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
    throw fault.strike();
  }
}
