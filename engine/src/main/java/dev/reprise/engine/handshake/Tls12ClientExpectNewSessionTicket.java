/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.NewSessionTicket12;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** The ServerHello promised a ticket: RFC 5077, Section 3.3. */
record Tls12ClientExpectNewSessionTicket(Tls12ClientClosing closing) implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof NewSessionTicket12 ticket) {
      return closing.newSessionTicket(ticket, encoded);
    }
    throw HandshakeState.unexpected(message, "the server's NewSessionTicket");
  }
}
