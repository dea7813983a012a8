/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.CertificateVerify;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The client's chain is trusted; it has yet to prove that it has the key. */
record Tls13ServerExpectCertificateVerify(
    Tls13ServerClosing closing, List<Opaque> chain, X509Certificate leaf) implements ServerState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof CertificateVerify verify) {
      return closing.certificateVerify(verify, encoded, chain, leaf);
    }
    throw HandshakeState.unexpected(message, "the client's CertificateVerify");
  }
}
