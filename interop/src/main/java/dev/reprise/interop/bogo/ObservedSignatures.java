/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.crypto.Signatures;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** Remembers by which scheme the peer has signed. */
final class ObservedSignatures implements Signatures {
  private final Signatures signatures;
  private volatile @Nullable SignatureScheme verified;

  ObservedSignatures(Signatures signatures) {
    this.signatures = signatures;
  }

  /** The same primitives with the signatures observed. */
  CryptoProvider in(CryptoProvider crypto) {
    return new CryptoProvider(
        crypto.random(), crypto.digests(), crypto.aeads(), crypto.keyExchanges(), this);
  }

  /** The scheme of the peer's last good signature, or null. */
  @Nullable SignatureScheme verified() {
    return verified;
  }

  @Override
  public Opaque sign(SignatureScheme scheme, PrivateKey key, byte[] content) throws TlsException {
    return signatures.sign(scheme, key, content);
  }

  @Override
  public void verify(SignatureScheme scheme, PublicKey key, byte[] content, Opaque signature)
      throws TlsException {
    signatures.verify(scheme, key, content, signature);
    verified = scheme;
  }
}
