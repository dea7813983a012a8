/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.Digests;
import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.crypto.KeyExchange;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.crypto.Signatures;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.SeededRandom;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.stream.Stream;
import javax.crypto.Mac;

/**
 * Crypto that believes everything: records open whatever their tag, signatures are good, all shares
 * are, and every hash and MAC comes to the same bytes. So a Finished or a binder of a seed stays
 * right whatever is changed before it, and a changed message gets as far as its grammar allows.
 */
final class BelievingCrypto {
  /** What hashes, MACs and secrets consist of; not zero, which the engine takes for a mistake. */
  static final byte CONSTANT = 0x5a;

  private BelievingCrypto() {}

  static CryptoProvider create(Work work) {
    return new CryptoProvider(
        SeededRandom.of(1),
        new ConstantDigests(work),
        new OpenAeads(work),
        Stream.of(NamedGroup.values())
            .<KeyExchange>map(group -> new TrustingKeyExchange(group, work))
            .toList(),
        new TrustingSignatures(work));
  }

  private record ConstantDigests(Work work) implements Digests {
    @Override
    public MessageDigest digest(HashAlgorithm algorithm) {
      return new ConstantDigest(algorithm.length(), work);
    }

    @Override
    public Mac hmac(HashAlgorithm algorithm) {
      return new ConstantMac(algorithm, work);
    }
  }

  private record TrustingSignatures(Work work) implements Signatures {
    @Override
    public Opaque sign(SignatureScheme scheme, PrivateKey key, byte[] content) {
      work.signatures++;
      return Opaque.takeOver(new byte[64]);
    }

    @Override
    public void verify(SignatureScheme scheme, PublicKey key, byte[] content, Opaque signature) {
      work.signatures++;
    }
  }
}
