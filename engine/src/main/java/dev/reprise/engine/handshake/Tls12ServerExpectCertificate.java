/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.KeyShareOffer;
import dev.reprise.engine.wire.Certificate12;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** The client was asked for a certificate; an empty one is an answer too. */
record Tls12ServerExpectCertificate(Tls12ServerFull handshake, KeyShareOffer share)
    implements ServerState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof Certificate12 certificate) {
      return handshake.certificate(certificate, encoded, share);
    }
    throw HandshakeState.unexpected(message, "the client's Certificate");
  }
}
