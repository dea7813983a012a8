/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.EcPointFormats;
import dev.reprise.engine.wire.ExtendedMasterSecret;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.RenegotiationInfo;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerName;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.SupportedGroups;
import java.util.ArrayList;
import java.util.List;

/** Makes the ServerHello of TLS 1.2, always from the ClientHello that it answers. */
final class Tls12ServerHello {
  /** TLS_EMPTY_RENEGOTIATION_INFO_SCSV: RFC 5746, Section 3.3. */
  private static final int RENEGOTIATION_SCSV = 0x00ff;

  private Tls12ServerHello() {}

  static ServerHello of(
      Tls12ServerHandshake handshake,
      CipherSuite suite,
      Opaque sessionId,
      boolean resumed,
      boolean ticketFollows) {
    return new ServerHello(
        ProtocolVersion.TLS12.code(),
        random(handshake.config),
        sessionId,
        suite.code(),
        0,
        extensions(handshake, resumed, ticketFollows));
  }

  /**
   * RFC 8446, Section 4.1.3: "TLS 1.3 servers which negotiate TLS 1.2 or below in response to a
   * ClientHello MUST set the last 8 bytes of their Random value specially".
   */
  private static Opaque random(ServerConfig config) {
    return config.serves(ProtocolVersion.TLS13)
        ? Randoms.endingIn(config.crypto().random(), ServerHello.DOWNGRADE_TLS12)
        : Randoms.opaque(config.crypto().random(), 32);
  }

  private static Extensions extensions(
      Tls12ServerHandshake handshake, boolean resumed, boolean ticketFollows) {
    ClientOffer offer = handshake.offer;
    List<Extension> extensions = new ArrayList<>(6);
    if (offer.find(RenegotiationInfo.class) != null || offer.offers(RENEGOTIATION_SCSV)) {
      extensions.add(new RenegotiationInfo(Opaque.EMPTY));
    }
    if (handshake.extendedMasterSecret) {
      extensions.add(new ExtendedMasterSecret());
    }
    if (!resumed && offer.serverName() != null) {
      // RFC 6066, Section 3: "When resuming a session, the server MUST NOT include a server_name
      // extension in the server hello."
      extensions.add(new ServerName(null));
    }
    if (!resumed && offer.find(SupportedGroups.class) != null) {
      extensions.add(new EcPointFormats(Opaque.copyOf((byte) 0)));
    }
    if (ticketFollows) {
      extensions.add(new SessionTicketTls12(Opaque.EMPTY));
    }
    String protocol = handshake.applicationProtocol();
    if (protocol != null) {
      extensions.add(ClientOffer.protocols(List.of(protocol)));
    }
    return Extensions.of(extensions.toArray(new Extension[0]));
  }
}
