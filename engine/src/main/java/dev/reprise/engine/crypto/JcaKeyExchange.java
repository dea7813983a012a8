/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** Ephemeral Diffie-Hellman on one curve. */
final class JcaKeyExchange implements KeyExchange {
  private final JcaCurve curve;

  JcaKeyExchange(JcaCurve curve) {
    this.curve = curve;
  }

  @Override
  public NamedGroup group() {
    return curve.group();
  }

  @Override
  public KeyShareOffer offer() throws TlsException {
    KeyPair pair = curve.generate();
    return new Offer(curve, curve.share(pair.getPublic()), pair.getPrivate());
  }

  @Override
  public KeyShareAnswer answer(Opaque peerShare) throws TlsException {
    // The peer's share first: making a pair costs a hundred times what refusing it does.
    PublicKey peer = curve.key(peerShare);
    KeyPair pair = curve.generate();
    Opaque share = curve.share(pair.getPublic());
    return new KeyShareAnswer(share, curve.agree(pair.getPrivate(), peer));
  }

  /** Holds the private key until the peer's share comes. */
  private static final class Offer implements KeyShareOffer {
    private final JcaCurve curve;
    private final Opaque share;
    private @Nullable PrivateKey own;

    Offer(JcaCurve curve, Opaque share, PrivateKey own) {
      this.curve = curve;
      this.share = share;
      this.own = own;
    }

    @Override
    public Opaque share() {
      return share;
    }

    @Override
    public Secret complete(Opaque peerShare) throws TlsException {
      PrivateKey key = own;
      if (key == null) {
        throw new IllegalStateException("The key exchange is over");
      }
      try {
        return curve.agree(key, curve.key(peerShare));
      } finally {
        close();
      }
    }

    @Override
    public void close() {
      PrivateKey key = own;
      own = null;
      if (key != null) {
        curve.destroy(key);
      }
    }
  }
}
