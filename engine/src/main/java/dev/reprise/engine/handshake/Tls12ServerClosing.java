/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.schedule.Exporter12;
import dev.reprise.engine.schedule.Tls12KeyBlock;
import dev.reprise.engine.schedule.Tls12Secrets;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ExtensionType;
import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.NewSessionTicket12;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TlsException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a TLS 1.2 server's handshake, full or abbreviated: who finishes first differs. */
final class Tls12ServerClosing {
  private final Tls12ServerHandshake handshake;
  private final ServerConfig config;
  private final CipherSuite suite;
  private final @Nullable NamedGroup group;
  private final Tls12Prf prf;
  private final Secret main;
  private final ServerHello hello;
  private final ResumptionOutcome outcome;
  private final List<Opaque> peerCertificates;
  private final @Nullable Session resumed;
  private final Tls12KeyBlock keys;
  private final long now;
  private final long lineage;

  Tls12ServerClosing(
      Tls12ServerHandshake handshake,
      CipherSuite suite,
      @Nullable NamedGroup group,
      Tls12Prf prf,
      Secret main,
      ServerHello hello,
      ResumptionOutcome outcome,
      List<Opaque> peerCertificates,
      @Nullable Session resumed)
      throws TlsException {
    this.handshake = handshake;
    this.config = handshake.config;
    this.suite = suite;
    this.group = group;
    this.prf = prf;
    this.main = main;
    this.hello = hello;
    this.outcome = outcome;
    this.peerCertificates = peerCertificates;
    this.resumed = resumed;
    this.now = config.clock().millis();
    this.lineage = resumed == null ? config.crypto().random().nextLong() : resumed.lineage();
    handshake.out.onEnd(main::close);
    handshake.out.onEnd(prf::forget);
    this.keys =
        Tls12Secrets.keyBlock(
            prf, main, handshake.offer.hello().random(), hello.random(), suite.aead());
    handshake.out.onEnd(keys::close);
  }

  HandshakeState changeCipherSpec() throws TlsException {
    handshake.out.protectReading(Epochs.opening(config.crypto(), keys.client()));
    return new Tls12ServerExpectFinished(this);
  }

  /** The client's Finished. In a full handshake the server's comes after it. */
  HandshakeState finished(Finished message, Opaque encoded) throws TlsException {
    Opaque expected = Tls12Secrets.clientFinished(prf, main, handshake.transcript.hash());
    if (!expected.equalsInConstantTime(message.verifyData())) {
      throw TlsException.misbehaved(
          AlertDescription.DECRYPT_ERROR, "The client's Finished does not verify");
    }
    handshake.transcript.add(encoded);
    if (resumed == null) {
      return remember();
    }
    SessionStore store = config.resumption().store();
    if (store != null && !hello.sessionId().isEmpty()) {
      // Only now: an ID travels in clear, and who has but seen it must not end its session.
      handshake.out.onFailure(() -> store.remove(hello.sessionId()));
    }
    return connected();
  }

  /** RFC 5246, Section 7.4.1.2: a session "becomes valid" with the handshake's end. */
  private HandshakeState remember() throws TlsException {
    if (hello.extensions().has(ExtensionType.SESSION_TICKET)) {
      sendTicket();
      return finish();
    }
    SessionStore store = config.resumption().store();
    ResumptionScope scope = handshake.scope();
    if (store == null || scope == null || hello.sessionId().isEmpty()) {
      return finish();
    }
    Session session = session(scope);
    Duration lifetime = Duration.ofMillis(session.expiresAtMillis() - now);
    handshake.out.onFailure(() -> store.remove(hello.sessionId()));
    handshake.out.onEnd(session::close);
    // What a client may offer is there before it can offer it: Finished waits for the store.
    return Awaiting.answer(
        StoreAnswers.put(() -> store.put(hello.sessionId(), session, lifetime)),
        _ -> {
          session.close();
          return finish();
        });
  }

  private HandshakeState finish() throws TlsException {
    sendFinished();
    return connected();
  }

  /**
   * RFC 5077, Section 3.3: once the extension was sent, so "MUST" the NewSessionTicket be; "If the
   * server determines that it does not want to include a ticket [...], it sends a zero-length
   * ticket".
   */
  void sendTicket() throws TlsException {
    SealedTicket sealed = seal();
    long seconds = sealed == null ? 0 : lifetimeSeconds(sealed);
    Opaque ticket = sealed == null || seconds <= 0 ? Opaque.EMPTY : sealed.ticket();
    handshake.transcript.add(
        handshake.out.send(new NewSessionTicket12(Math.max(0, seconds), ticket)));
  }

  private @Nullable SealedTicket seal() throws TlsException {
    TicketFormat sealer = config.resumption().sealer();
    ResumptionScope scope = handshake.scope();
    if (sealer == null || scope == null) {
      return null;
    }
    try (Session session = session(scope)) {
      return sealer.seal(session);
    }
  }

  private long lifetimeSeconds(SealedTicket sealed) throws TlsException {
    return (Math.min(expiresAt(), sealed.keyAcceptUntilMillis()) - now) / 1000;
  }

  void sendFinished() throws TlsException {
    handshake.out.sendChangeCipherSpec();
    handshake.out.protectWriting(Epochs.sealing(config.crypto(), keys.server()));
    Opaque verifyData = Tls12Secrets.serverFinished(prf, main, handshake.transcript.hash());
    handshake.transcript.add(handshake.out.send(new Finished(verifyData)));
  }

  private HandshakeState connected() throws TlsException {
    handshake.out.connected(info());
    return new Tls12Connected(true);
  }

  private Session session(ResumptionScope scope) throws TlsException {
    return new Session(
        ProtocolVersion.TLS12,
        suite,
        main.copy(),
        handshake.extendedMasterSecret,
        now,
        authenticatedAt(),
        lineage,
        expiresAt(),
        0,
        scope,
        handshake.offer.serverName(),
        handshake.applicationProtocol(),
        peerCertificates);
  }

  private long expiresAt() throws TlsException {
    return config
        .resumption()
        .policy()
        .expiresAt(
            ProtocolVersion.TLS12,
            now,
            authenticatedAt(),
            Long.MAX_VALUE,
            Certificates.earliestNotAfter(peerCertificates));
  }

  private long authenticatedAt() {
    return resumed == null ? now : resumed.authenticatedAtMillis();
  }

  /** Beside a ticket it is the client's, made up for one handshake (RFC 5077, Section 3.4). */
  private Opaque ownSessionId() throws TlsException {
    boolean offered =
        outcome instanceof ResumptionOutcome.Resumed by && by.mechanism() == Mechanism.TICKET;
    Opaque agreed = offered ? Opaque.EMPTY : hello.sessionId();
    return agreed.isEmpty() && handshake.extendedMasterSecret
        ? Tls12Secrets.sessionId(prf, main)
        : agreed;
  }

  private ConnectionInfo info() throws TlsException {
    return new ConnectionInfo(
        ProtocolVersion.TLS12,
        suite,
        group,
        handshake.offer.serverName(),
        handshake.applicationProtocol(),
        outcome,
        ownSessionId(),
        peerCertificates,
        handshake.identity(),
        handshake.offer.signatureSchemes(),
        resumed == null ? now : resumed.createdAtMillis(),
        authenticatedAt(),
        lineage,
        handshake.extendedMasterSecret
            ? Exporter12.of(prf, main, handshake.offer.hello().random(), hello.random())
            : null);
  }
}
