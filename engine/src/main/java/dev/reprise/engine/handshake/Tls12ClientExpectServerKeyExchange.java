/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ServerKeyExchange;
import dev.reprise.engine.wire.TlsException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The server's share of the key exchange, signed. */
record Tls12ClientExpectServerKeyExchange(
    Tls12ClientHandshake handshake, List<Opaque> chain, List<X509Certificate> certificates)
    implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof ServerKeyExchange exchange) {
      return handshake.serverKeyExchange(exchange, encoded, chain, certificates);
    }
    throw HandshakeState.unexpected(message, "the server's ServerKeyExchange");
  }
}
