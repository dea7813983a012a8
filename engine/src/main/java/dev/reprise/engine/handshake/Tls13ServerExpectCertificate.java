/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Certificate13;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** The client was asked for a certificate; an empty one is an answer too. */
record Tls13ServerExpectCertificate(Tls13ServerClosing closing) implements ServerState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof Certificate13 certificate) {
      return closing.certificate(certificate, encoded);
    }
    throw HandshakeState.unexpected(message, "the client's Certificate");
  }
}
