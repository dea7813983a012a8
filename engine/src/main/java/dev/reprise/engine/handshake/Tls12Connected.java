/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HelloRequest;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** TLS 1.2 after the handshake: renegotiation is refused, however it is asked for. */
final class Tls12Connected implements Connected {
  private final boolean server;
  private boolean helloRequestSeen;

  Tls12Connected(boolean server) {
    this.server = server;
  }

  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (!server && message instanceof HelloRequest && !helloRequestSeen) {
      // RFC 5246, Section 7.4.1.1: it "MAY be ignored by the client". Once is enough.
      helloRequestSeen = true;
      return this;
    }
    if (message instanceof HelloRequest || message instanceof ClientHello) {
      throw TlsException.misbehaved(
          AlertDescription.NO_RENEGOTIATION, "The peer wants to renegotiate");
    }
    throw HandshakeState.unexpected(message, "application data");
  }

  @Override
  public void updateWriteKeys() throws TlsException {
    throw TlsException.internal("The write key of TLS 1.2 has protected all it may", null);
  }

  @Override
  public boolean owesKeyUpdate() {
    return false;
  }

  @Override
  public void close() {}
}
