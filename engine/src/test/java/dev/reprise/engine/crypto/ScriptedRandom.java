/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.SecureRandom;

/** Draws the bytes that it was given, in their order, and no more. */
final class ScriptedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final byte[] script;
  private int position;

  ScriptedRandom(String hex) {
    script = TestCrypto.hex(hex);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    System.arraycopy(script, position, bytes, 0, bytes.length);
    position += bytes.length;
  }
}
