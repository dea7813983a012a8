/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.KeyExchange;
import dev.reprise.engine.crypto.KeyShareOffer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.schedule.EarlySecret;
import dev.reprise.engine.schedule.Transcript;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.Cookie;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.KeyShareEntry;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.PskIdentity;
import dev.reprise.engine.wire.TlsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's handshake up to the ServerHello: what it offered, and what it holds to go on with
 * either version. {@link ClientHellos} writes the message.
 */
final class ClientHandshake {
  final ClientConfig config;
  final HandshakeOutput out;
  final Transcript transcript;
  final Opaque random;
  final Opaque sessionId;

  private final Map<NamedGroup, KeyShareOffer> shares = new EnumMap<>(NamedGroup.class);
  private final @Nullable ClientSession session;
  private @Nullable EarlySecret early;
  private @Nullable ClientHello hello;

  private ClientHandshake(ClientConfig config, HandshakeOutput out) {
    this.config = config;
    this.out = out;
    this.transcript = new Transcript(config.crypto().digests());
    this.random = Randoms.opaque(config.crypto().random(), 32);
    this.session = ClientSessions.take(config);
    this.sessionId = sessionId();
  }

  /** Sends the first ClientHello. */
  static HandshakeState start(ClientConfig config, HandshakeOutput out) throws TlsException {
    requireSomethingToOffer(config);
    ClientHandshake handshake = new ClientHandshake(config, out);
    out.onEnd(handshake::wipe);
    if (config.offers(ProtocolVersion.TLS13)) {
      handshake.prepareShares();
    }
    handshake.sendHello(null);
    handshake.dropSessionOnFailure();
    return new ClientExpectServerHello(handshake, null);
  }

  /** A hello without any version would only be refused, by a server that cannot say why. */
  private static void requireSomethingToOffer(ClientConfig config) throws TlsException {
    for (ProtocolVersion version : ProtocolVersion.values()) {
      if (config.offers(version)) {
        return;
      }
    }
    throw TlsException.incompatible(
        AlertDescription.PROTOCOL_VERSION,
        "No version of TLS is left to offer: none is enabled together with a cipher suite of it");
  }

  /**
   * RFC 8446, Section 4.1.2: the second hello, with the share asked for and the cookie returned.
   */
  void retry(@Nullable NamedGroup group, @Nullable Cookie cookie, boolean keepPsk)
      throws TlsException {
    if (group != null) {
      closeShares();
      shares.put(group, exchange(group).offer());
    }
    if (!keepPsk) {
      closeEarly();
    }
    sendHello(cookie);
  }

  private void sendHello(@Nullable Cookie cookie) throws TlsException {
    ClientSession offered = pskSession();
    Extensions extensions = ClientHellos.extensions(this, cookie, offered);
    ClientHello message = ClientHellos.hello(this, extensions);
    if (offered != null) {
      message = withBinder(message, offered);
    }
    hello = message;
    transcript.add(out.send(message));
  }

  /**
   * RFC 8446, Section 4.2.11.2: the binder covers the hello up to the binders, whose length is part
   * of what it covers. So the hello is written once with a binder of zeros.
   */
  private ClientHello withBinder(ClientHello message, ClientSession offered) throws TlsException {
    Hkdf hkdf = new Hkdf(offered.session().suite().hash(), config.crypto());
    out.onEnd(hkdf::forget);
    closeEarly();
    EarlySecret secret = EarlySecret.of(hkdf, offered.session().secret());
    out.onEnd(secret::close);
    early = secret;
    PskIdentity identity = ClientSessions.identity(offered, config.clock().millis());
    OfferedPsks draft = ClientHellos.psks(identity, new byte[hkdf.hash().length()]);
    Opaque drafted = HandshakeMessages.encode(ClientHellos.withPsks(message, draft));
    Opaque truncated = drafted.slice(0, drafted.length() - draft.bindersLength());
    Opaque binder = secret.binder(transcript.hashWith(hkdf.hash(), truncated));
    return ClientHellos.withPsks(message, new OfferedPsks(List.of(identity), List.of(binder)));
  }

  private void prepareShares() throws TlsException {
    for (NamedGroup group : config.groups()) {
      if (shares.size() < config.keyShares() && config.crypto().keyExchange(group) != null) {
        shares.put(group, exchange(group).offer());
      }
    }
  }

  /** RFC 8446, Appendix D.4: an ID made up for middleboxes, unless there is one to resume. */
  private Opaque sessionId() {
    if (session != null && session.session().version() == ProtocolVersion.TLS12) {
      // RFC 5077, Section 3.4: an ID beside a ticket, echoed, tells that the ticket was accepted.
      return session.ticket().isEmpty()
          ? session.sessionId()
          : Randoms.opaque(config.crypto().random(), 32);
    }
    return config.offers(ProtocolVersion.TLS13)
        ? Randoms.opaque(config.crypto().random(), 32)
        : Opaque.EMPTY;
  }

  /**
   * RFC 5246, Section 7.2.2: a session whose connection failed is forgotten. So are its siblings: a
   * server that cannot bear a resumption is not to be asked for it eight times more.
   */
  private void dropSessionOnFailure() {
    ClientSession offered = session;
    if (offered != null) {
      out.onFailure(() -> ClientSessions.removeSiblings(config, offered));
    }
  }

  /** The server has made a full handshake although it was offered a session. */
  void declined() {
    if (session != null) {
      ClientSessions.removeSiblings(config, session);
    }
  }

  List<KeyShareEntry> shareEntries() {
    List<KeyShareEntry> entries = new ArrayList<>(shares.size());
    shares.forEach((group, offer) -> entries.add(new KeyShareEntry(group.code(), offer.share())));
    return entries;
  }

  /** The share offered for {@code group}, or null. */
  @Nullable KeyShareOffer share(NamedGroup group) {
    return shares.get(group);
  }

  void closeShares() {
    shares.values().forEach(KeyShareOffer::close);
    shares.clear();
  }

  ClientHello hello() {
    return java.util.Objects.requireNonNull(hello, "the hello was sent");
  }

  /** Whether no session at all was there to be offered. */
  boolean offeredNothing() {
    return session == null;
  }

  /** The session offered, for either version; null if there was none. */
  @Nullable ClientSession session() {
    return session;
  }

  private void wipe() {
    closeShares();
    closeEarly();
    if (session != null) {
      session.session().close();
    }
  }

  /** The session offered for TLS 1.2, or null. */
  @Nullable ClientSession tls12Session() {
    return session != null && session.session().version() == ProtocolVersion.TLS12 ? session : null;
  }

  /** The session offered as PSK, or null: none, or dropped after a HelloRetryRequest. */
  @Nullable ClientSession pskSession() {
    boolean usable =
        session != null
            && session.session().version() == ProtocolVersion.TLS13
            && (hello == null || early != null);
    return usable ? session : null;
  }

  /** The early secret of the PSK offered; the caller takes it over. */
  @Nullable EarlySecret takeEarly() {
    EarlySecret taken = early;
    early = null;
    return taken;
  }

  void closeEarly() {
    if (early != null) {
      early.close();
      early = null;
    }
  }

  private KeyExchange exchange(NamedGroup group) throws TlsException {
    KeyExchange exchange = config.crypto().keyExchange(group);
    if (exchange == null) {
      throw TlsException.internal("The group " + group + " has no key exchange", null);
    }
    return exchange;
  }
}
