/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.KeyShareOffer;
import dev.reprise.engine.wire.ClientKeyExchange;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's share of the key exchange comes next. */
record Tls12ServerExpectClientKeyExchange(
    Tls12ServerFull handshake,
    KeyShareOffer share,
    List<Opaque> chain,
    @Nullable X509Certificate leaf)
    implements ServerState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof ClientKeyExchange exchange) {
      return handshake.clientKeyExchange(exchange, encoded, share, chain, leaf);
    }
    throw HandshakeState.unexpected(message, "the client's ClientKeyExchange");
  }
}
