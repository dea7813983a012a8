/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.ClientKeyShares;
import dev.reprise.engine.wire.Cookie;
import dev.reprise.engine.wire.EcPointFormats;
import dev.reprise.engine.wire.ExtendedMasterSecret;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.PskIdentity;
import dev.reprise.engine.wire.PskKeyExchangeModes;
import dev.reprise.engine.wire.RenegotiationInfo;
import dev.reprise.engine.wire.ServerName;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.SupportedGroups;
import dev.reprise.engine.wire.SupportedVersions;
import dev.reprise.engine.wire.Uint16List;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes ClientHellos: RFC 8446, Section 4.1.2, with TLS 1.2's extensions where it is offered. */
final class ClientHellos {
  private static final Opaque NULL_COMPRESSION = Opaque.copyOf((byte) 0);
  private static final Opaque UNCOMPRESSED = Opaque.copyOf((byte) 0);
  private static final Opaque PSK_DHE_KE = Opaque.copyOf((byte) 1);

  private ClientHellos() {}

  static ClientHello hello(ClientHandshake handshake, Extensions extensions) {
    return new ClientHello(
        ProtocolVersion.TLS12.code(),
        handshake.random,
        handshake.sessionId,
        suites(handshake.config),
        NULL_COMPRESSION,
        extensions);
  }

  /** The extensions but pre_shared_key, which {@link #withPsks} adds as the last. */
  static Extensions extensions(
      ClientHandshake handshake, @Nullable Cookie cookie, @Nullable ClientSession psk) {
    ClientConfig config = handshake.config;
    List<Extension> extensions = new ArrayList<>(14);
    if (config.serverName() != null) {
      extensions.add(new ServerName(config.serverName()));
    }
    if (config.offers(ProtocolVersion.TLS12)) {
      addTls12(handshake, extensions);
    }
    extensions.add(new SupportedGroups(groups(config)));
    if (!config.applicationProtocols().isEmpty()) {
      extensions.add(ClientOffer.protocols(config.applicationProtocols()));
    }
    extensions.add(new SignatureAlgorithms(CipherSuites.schemeCodes(config.signatureSchemes())));
    if (config.offers(ProtocolVersion.TLS13)) {
      extensions.add(new SupportedVersions(versions(config)));
      if (cookie != null) {
        extensions.add(cookie);
      }
      if (config.sessions() != null || psk != null) {
        // Without a session store no ticket is of use, and a server reads that from its absence.
        extensions.add(new PskKeyExchangeModes(PSK_DHE_KE));
      }
      if (config.sessions() != null && config.ticketRequest() != null) {
        // RFC 9149, Section 3: the same in a second ClientHello.
        extensions.add(config.ticketRequest());
      }
      extensions.add(new ClientKeyShares(handshake.shareEntries()));
    }
    return Extensions.of(extensions.toArray(new Extension[0]));
  }

  private static void addTls12(ClientHandshake handshake, List<Extension> extensions) {
    // RFC 7627, Section 5.2 and RFC 5746, Section 3.4: in every hello, resuming or not.
    extensions.add(new ExtendedMasterSecret());
    extensions.add(new RenegotiationInfo(Opaque.EMPTY));
    extensions.add(new EcPointFormats(UNCOMPRESSED));
    if (handshake.config.sessions() != null) {
      ClientSession session = handshake.tls12Session();
      // RFC 5077, Section 3.2: empty if there is no ticket yet.
      extensions.add(new SessionTicketTls12(session == null ? Opaque.EMPTY : session.ticket()));
    }
  }

  static OfferedPsks psks(PskIdentity identity, byte[] binder) {
    return new OfferedPsks(List.of(identity), List.of(Opaque.takeOver(binder)));
  }

  /** RFC 8446, Section 4.2.11: pre_shared_key "MUST be the last extension in the ClientHello". */
  static ClientHello withPsks(ClientHello hello, OfferedPsks psks) {
    List<Extension> extensions = new ArrayList<>(hello.extensions().list());
    extensions.add(psks);
    return new ClientHello(
        hello.legacyVersion(),
        hello.random(),
        hello.sessionId(),
        hello.cipherSuites(),
        hello.compressionMethods(),
        Extensions.of(extensions.toArray(new Extension[0])));
  }

  private static Uint16List suites(ClientConfig config) {
    return Uint16List.of(
        config.cipherSuites().stream()
            .filter(suite -> config.offers(suite.version()))
            .mapToInt(CipherSuite::code)
            .toArray());
  }

  private static Uint16List groups(ClientConfig config) {
    return Uint16List.of(
        config.groups().stream()
            .filter(group -> group.usableInTls12() || config.offers(ProtocolVersion.TLS13))
            .mapToInt(NamedGroup::code)
            .toArray());
  }

  private static Uint16List versions(ClientConfig config) {
    return Uint16List.of(
        config.versions().stream()
            .filter(config::offers)
            .mapToInt(ProtocolVersion::code)
            .toArray());
  }
}
