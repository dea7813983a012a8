/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import javax.crypto.KEM;
import org.jspecify.annotations.Nullable;

/**
 * X25519MLKEM768 of draft-ietf-tls-ecdhe-mlkem: both key exchanges at once, broken only if both
 * are.
 *
 * <pre>
 * the client's share:  encapsulation key (1184) ‖ X25519 (32)
 * the server's share:  ciphertext (1088) ‖ X25519 (32)
 * the shared secret:   ML-KEM (32) ‖ X25519 (32)
 * </pre>
 */
final class HybridKeyExchange implements KeyExchange {
  private final MlKem768 kem;
  private final JcaCurve curve;

  HybridKeyExchange(MlKem768 kem, JcaCurve x25519) {
    this.kem = kem;
    this.curve = x25519;
  }

  @Override
  public NamedGroup group() {
    return NamedGroup.X25519MLKEM768;
  }

  @Override
  public KeyShareOffer offer() throws TlsException {
    KeyPair kemPair = kem.generate();
    KeyPair curvePair = curve.generate();
    Opaque share =
        join(MlKem768.encapsulationKey(kemPair.getPublic()), curve.share(curvePair.getPublic()));
    return new Offer(share, kemPair.getPrivate(), curvePair.getPrivate());
  }

  @Override
  public KeyShareAnswer answer(Opaque peerShare) throws TlsException {
    PublicKey peer = curveKey(peerShare, MlKem768.ENCAPSULATION_KEY_LENGTH);
    KEM.Encapsulated encapsulated =
        kem.encapsulate(peerShare.slice(0, MlKem768.ENCAPSULATION_KEY_LENGTH));
    KeyPair pair = curve.generate();
    Opaque ciphertext = Opaque.takeOver(encapsulated.encapsulation());
    Opaque share = join(ciphertext, curve.share(pair.getPublic()));
    byte[] kemSecret = MlKem768.bytes(encapsulated.key());
    return new KeyShareAnswer(share, secret(kemSecret, pair.getPrivate(), peer));
  }

  private PublicKey curveKey(Opaque peerShare, int kemLength) throws TlsException {
    if (peerShare.length() != kemLength + X25519Curve.SHARE_LENGTH) {
      throw TlsException.illegalParameter(
          "The peer's X25519MLKEM768 share is " + peerShare.length() + " bytes long");
    }
    return curve.key(peerShare.slice(kemLength, X25519Curve.SHARE_LENGTH));
  }

  /** Joins both secrets, and wipes them apart from that. */
  private Secret secret(byte[] kemSecret, PrivateKey own, PublicKey peer) throws TlsException {
    try (Secret curveSecret = curve.agree(own, peer)) {
      byte[] joined = Arrays.copyOf(kemSecret, kemSecret.length + curveSecret.length());
      System.arraycopy(curveSecret.reveal(), 0, joined, kemSecret.length, curveSecret.length());
      return Secret.takeOver(joined);
    } finally {
      Arrays.fill(kemSecret, (byte) 0);
    }
  }

  private static Opaque join(Opaque first, Opaque second) {
    byte[] joined = new byte[first.length() + second.length()];
    first.copyTo(joined, 0);
    second.copyTo(joined, first.length());
    return Opaque.takeOver(joined);
  }

  private final class Offer implements KeyShareOffer {
    private final Opaque share;
    private final PrivateKey kemKey;
    private @Nullable PrivateKey curveKey;

    Offer(Opaque share, PrivateKey kemKey, PrivateKey curveKey) {
      this.share = share;
      this.kemKey = kemKey;
      this.curveKey = curveKey;
    }

    @Override
    public Opaque share() {
      return share;
    }

    @Override
    public Secret complete(Opaque peerShare) throws TlsException {
      PrivateKey own = curveKey;
      if (own == null) {
        throw new IllegalStateException("The key exchange is over");
      }
      try {
        PublicKey peer = curveKey(peerShare, MlKem768.CIPHERTEXT_LENGTH);
        Opaque ciphertext = peerShare.slice(0, MlKem768.CIPHERTEXT_LENGTH);
        return secret(kem.decapsulate(kemKey, ciphertext), own, peer);
      } finally {
        close();
      }
    }

    @Override
    public void close() {
      PrivateKey own = curveKey;
      curveKey = null;
      if (own != null) {
        curve.destroy(own);
      }
      MlKem768.destroy(kemKey);
    }
  }
}
