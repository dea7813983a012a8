/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.TlsException;

/** One secret of the key schedule, its own until {@link #close}, and how to derive from it. */
abstract sealed class Stage implements AutoCloseable
    permits EarlySecret, HandshakeSecret, MainSecret, TrafficSecret, ResumptionSecret, Exporter13 {
  final Hkdf hkdf;
  final Secret secret;

  Stage(Hkdf hkdf, Secret secret) {
    this.hkdf = hkdf;
    this.secret = secret;
  }

  /** Derive-Secret of RFC 8446, Section 7.1, over messages that are hashed already. */
  final Secret derive(String label, byte[] transcriptHash) throws TlsException {
    return hkdf.expandLabel(secret, label, transcriptHash, hkdf.hash().length());
  }

  /** Derive-Secret over no messages at all, which is not the same as an empty context. */
  final Secret deriveFromNothing(String label) throws TlsException {
    return derive(label, EmptyHash.of(hkdf.hash()));
  }

  /** Wipes the secret, in the Mac as well. Once closed, every derivation is refused. */
  @Override
  public final void close() {
    secret.close();
    hkdf.forget(secret);
  }
}
