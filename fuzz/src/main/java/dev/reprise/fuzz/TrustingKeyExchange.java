/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.crypto.KeyExchange;
import dev.reprise.engine.crypto.KeyShareAnswer;
import dev.reprise.engine.crypto.KeyShareOffer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import java.util.Arrays;

/** Every share is one of the group, and all secrets are the same. */
record TrustingKeyExchange(NamedGroup group, Work work) implements KeyExchange {
  @Override
  public KeyShareOffer offer() {
    work.keyExchanges++;
    return new Offer(share());
  }

  @Override
  public KeyShareAnswer answer(Opaque peerShare) {
    work.keyExchanges++;
    return new KeyShareAnswer(share(), secret());
  }

  private static Opaque share() {
    return Opaque.takeOver(constant());
  }

  private static Secret secret() {
    return Secret.takeOver(constant());
  }

  private static byte[] constant() {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, BelievingCrypto.CONSTANT);
    return bytes;
  }

  private record Offer(Opaque share) implements KeyShareOffer {
    @Override
    public Secret complete(Opaque peerShare) {
      return secret();
    }

    @Override
    public void close() {}
  }
}
