/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Opaque;
import java.security.SecureRandom;

/** Fresh random bytes, from the randomness that was injected. */
final class Randoms {
  private Randoms() {}

  static Opaque opaque(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Opaque.takeOver(bytes);
  }

  /** A random of RFC 5246 whose last eight bytes are {@code ending}. */
  static Opaque endingIn(SecureRandom random, Opaque ending) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    ending.copyTo(bytes, bytes.length - ending.length());
    return Opaque.takeOver(bytes);
  }
}
