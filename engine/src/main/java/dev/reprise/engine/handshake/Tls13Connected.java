/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.schedule.TrafficSecret;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.KeyUpdate;
import dev.reprise.engine.wire.NewSessionTicket13;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import org.jspecify.annotations.Nullable;

/** TLS 1.3 after the handshake: key updates, and on the client's side tickets. */
final class Tls13Connected implements Connected {
  private final HandshakeOutput out;
  private final CryptoProvider crypto;
  private final CipherSuite suite;
  private final @Nullable ClientTickets tickets;
  private TrafficSecret writing;
  private TrafficSecret reading;
  private boolean owesKeyUpdate;

  Tls13Connected(
      HandshakeOutput out,
      CryptoProvider crypto,
      CipherSuite suite,
      TrafficSecret writing,
      TrafficSecret reading,
      @Nullable ClientTickets tickets) {
    this.out = out;
    this.crypto = crypto;
    this.suite = suite;
    this.writing = writing;
    this.reading = reading;
    this.tickets = tickets;
  }

  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof KeyUpdate update) {
      return keyUpdate(update);
    }
    if (message instanceof NewSessionTicket13 ticket && tickets != null) {
      tickets.keep(ticket);
      return this;
    }
    throw HandshakeState.unexpected(message, "application data");
  }

  /**
   * RFC 8446, Section 4.6.3: "If the request_update field is set to "update_requested", then the
   * receiver MUST send a KeyUpdate of its own with request_update set to "update_not_requested"
   * prior to sending its next Application Data record." That is what the answer waits for, since
   * then "an implementation which receives multiple KeyUpdates while it is silent" responds "with a
   * single update".
   */
  private HandshakeState keyUpdate(KeyUpdate update) throws TlsException {
    reading = reading.next();
    out.protectReading(Epochs.opening(crypto, suite, reading));
    owesKeyUpdate |= update.updateRequested();
    return this;
  }

  @Override
  public void updateWriteKeys() throws TlsException {
    owesKeyUpdate = false;
    out.send(new KeyUpdate(false));
    writing = writing.next();
    out.protectWriting(Epochs.sealing(crypto, suite, writing));
  }

  @Override
  public boolean owesKeyUpdate() {
    return owesKeyUpdate;
  }

  @Override
  public void close() {
    writing.close();
    reading.close();
    if (tickets != null) {
      tickets.close();
    }
  }
}
