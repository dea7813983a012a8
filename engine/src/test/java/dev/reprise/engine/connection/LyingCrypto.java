/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.KeyExchange;
import dev.reprise.engine.crypto.KeyShareAnswer;
import dev.reprise.engine.crypto.KeyShareOffer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.crypto.Signatures;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.function.UnaryOperator;

/** The primitives of a peer that follows the protocol in all but one of them. */
final class LyingCrypto {
  private LyingCrypto() {}

  /** Signs, and then does something to the signature. */
  static CryptoProvider signing(CryptoProvider honest, Signer signer) {
    return new CryptoProvider(
        honest.random(),
        honest.digests(),
        honest.aeads(),
        honest.keyExchanges(),
        new LyingSignatures(honest.signatures(), signer));
  }

  /** Has but this group, and sends {@code share} in the place of its own. */
  static CryptoProvider sharing(
      CryptoProvider honest, NamedGroup group, UnaryOperator<Opaque> share) {
    KeyExchange exchange = java.util.Objects.requireNonNull(honest.keyExchange(group));
    return new CryptoProvider(
        honest.random(),
        honest.digests(),
        honest.aeads(),
        List.of(new LyingExchange(exchange, share)),
        honest.signatures());
  }

  /** Makes a signature that the scheme does not allow. */
  interface Signer {
    Opaque sign(Signatures honest, SignatureScheme scheme, PrivateKey key, byte[] content)
        throws TlsException;
  }

  private record LyingSignatures(Signatures honest, Signer signer) implements Signatures {
    @Override
    public Opaque sign(SignatureScheme scheme, PrivateKey key, byte[] content) throws TlsException {
      return signer.sign(honest, scheme, key, content);
    }

    @Override
    public void verify(SignatureScheme scheme, PublicKey key, byte[] content, Opaque signature)
        throws TlsException {
      honest.verify(scheme, key, content, signature);
    }
  }

  private record LyingExchange(KeyExchange honest, UnaryOperator<Opaque> lie)
      implements KeyExchange {
    @Override
    public NamedGroup group() {
      return honest.group();
    }

    @Override
    public KeyShareOffer offer() throws TlsException {
      KeyShareOffer offer = honest.offer();
      return new LyingOffer(offer, lie.apply(offer.share()));
    }

    @Override
    public KeyShareAnswer answer(Opaque peerShare) throws TlsException {
      KeyShareAnswer answer = honest.answer(peerShare);
      return new KeyShareAnswer(lie.apply(answer.share()), answer.sharedSecret());
    }
  }

  private record LyingOffer(KeyShareOffer honest, Opaque share) implements KeyShareOffer {
    @Override
    public Secret complete(Opaque peerShare) throws TlsException {
      return honest.complete(peerShare);
    }

    @Override
    public void close() {
      honest.close();
    }
  }
}
