/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.SupportedVersions;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import org.jspecify.annotations.Nullable;

/** Reads off the wire what a client offers to resume by. */
final class Offered {
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;

  /** Handles into a server's cache are shorter, sealed sessions much longer. */
  private static final int LONGEST_HANDLE = 64;

  private Offered() {}

  /**
   * The first of what is offered, or null for nothing.
   *
   * @param flight a ClientHello in one record
   */
  static @Nullable Mechanism in(byte[] flight) {
    ClientHello hello = clientHello(flight);
    OfferedPsks psks = hello.extensions().find(OfferedPsks.class);
    if (psks != null) {
      return psks.identities().getFirst().identity().length() > LONGEST_HANDLE
          ? Mechanism.TICKET
          : Mechanism.STATEFUL_TICKET;
    }
    SessionTicketTls12 ticket = hello.extensions().find(SessionTicketTls12.class);
    if (ticket != null && !ticket.ticket().isEmpty()) {
      return Mechanism.TICKET;
    }
    // In TLS 1.3 it is there for middleboxes only: RFC 8446, Appendix D.4.
    SupportedVersions versions = hello.extensions().find(SupportedVersions.class);
    boolean tls13 = versions != null && versions.versions().contains(ProtocolVersion.TLS13.code());
    return hello.sessionId().isEmpty() || tls13 ? null : Mechanism.SESSION_ID;
  }

  private static ClientHello clientHello(byte[] flight) {
    int start = RECORD_HEADER + MESSAGE_HEADER;
    Opaque body = Opaque.takeOver(flight, start, flight.length - start);
    try {
      return (ClientHello)
          HandshakeMessages.read(HandshakeType.CLIENT_HELLO, Dialect.HELLO, TlsReader.of(body));
    } catch (TlsException e) {
      throw new IllegalStateException("Not a ClientHello", e);
    }
  }
}
