/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.Pending;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.RefusalReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.schedule.EarlySecret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.PskKeyExchangeModes;
import dev.reprise.engine.wire.TlsException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a PSK to use among those offered: RFC 8446, Section 4.2.11. A PSK that does not open is
 * no error; a wrong binder is.
 */
final class Tls13PskSelection {
  /** More are ignored: each may cost an AEAD, and a client needs one. */
  static final int IDENTITIES_EXAMINED = 4;

  private final Tls13ServerHandshake handshake;
  private final ServerConfig config;
  private final Tls13ServerHandshake.Parameters parameters;
  private final OfferedPsks psks;
  private final Opaque encodedHello;
  private final @Nullable ResumptionScope scope;
  private ResumptionOutcome.@Nullable Full firstMiss;

  Tls13PskSelection(
      Tls13ServerHandshake handshake,
      Tls13ServerHandshake.Parameters parameters,
      OfferedPsks psks,
      Opaque encodedHello) {
    this.handshake = handshake;
    this.config = handshake.config;
    this.parameters = parameters;
    this.psks = psks;
    this.encodedHello = encodedHello;
    this.scope = parameters.scope();
  }

  HandshakeState select() throws TlsException {
    PskKeyExchangeModes modes = parameters.offer().find(PskKeyExchangeModes.class);
    if (modes == null || !modes.contains(PskKeyExchangeModes.PSK_DHE_KE)) {
      // psk_ke alone would give up forward secrecy.
      return miss(MissReason.KEY_EXCHANGE_MODE, null).full();
    }
    if (scope == null) {
      return miss(MissReason.SCOPE_MISMATCH, null).full();
    }
    return examine(0, scope);
  }

  private HandshakeState examine(int index, ResumptionScope wanted) throws TlsException {
    if (index == Math.min(IDENTITIES_EXAMINED, psks.identities().size())) {
      return full();
    }
    Opaque identity = psks.identities().get(index).identity();
    SessionStore store = config.resumption().ticketStore();
    if (store != null && identity.length() == Tls13Tickets.HANDLE_LENGTH) {
      return Awaiting.answer(
          StoreAnswers.lookUp(() -> store.get(identity, ProtocolVersion.TLS13, wanted)),
          found -> afterLookup(index, wanted, found, store));
    }
    TicketFormat sealer = config.resumption().sealer();
    if (sealer == null) {
      return miss(MissReason.UNKNOWN_FORMAT, null).examine(index + 1, wanted);
    }
    return switch (sealer.open(identity, ProtocolVersion.TLS13, wanted)) {
      case TicketOpening.Missed(MissReason reason, String keyName) ->
          miss(reason, keyName).examine(index + 1, wanted);
      case TicketOpening.Opened opened ->
          consider(
              new Candidate(index, opened.session(), Mechanism.TICKET, opened.keyName(), null),
              wanted);
    };
  }

  /** A session that a ticket stands for, not yet judged. */
  private record Candidate(
      int index,
      Session session,
      Mechanism mechanism,
      @Nullable String keyName,
      @Nullable SessionStore store) {}

  private HandshakeState afterLookup(
      int index, ResumptionScope wanted, Lookup found, SessionStore store) throws TlsException {
    return switch (found) {
      case Lookup.Mismatched(MissReason reason) -> miss(reason, null).examine(index + 1, wanted);
      case Lookup.NotInStore _ -> miss(MissReason.NOT_IN_STORE, null).examine(index + 1, wanted);
      // A store that is down is asked once in a handshake.
      case Lookup.Unavailable _ -> miss(MissReason.STORE_UNAVAILABLE, null).full();
      case Lookup.Found(Session session) ->
          consider(new Candidate(index, session, Mechanism.STATEFUL_TICKET, null, store), wanted);
    };
  }

  private HandshakeState consider(Candidate candidate, ResumptionScope wanted) throws TlsException {
    MissReason refusal = judge(candidate.session(), wanted);
    if (refusal != null) {
      candidate.session().close();
      if (refusal == MissReason.REVOKED && candidate.store() != null) {
        StoreAnswers.forget(candidate.store(), psks.identities().get(candidate.index()).identity());
      }
      return miss(refusal, candidate.keyName()).examine(candidate.index() + 1, wanted);
    }
    EarlySecret early = earlySecret(candidate.session());
    handshake.out.onEnd(early::close);
    verifyBinder(candidate.index(), early);
    return Awaiting.answer(
        Certificates.recheckClient(config, candidate.session().peerCertificates()),
        trusted -> trusted ? use(candidate, early, wanted) : refuse(candidate, early));
  }

  private EarlySecret earlySecret(Session session) throws TlsException {
    try (session) {
      return EarlySecret.of(parameters.hkdf(), session.secret());
    }
  }

  private HandshakeState use(Candidate candidate, EarlySecret early, ResumptionScope wanted)
      throws TlsException {
    SessionStore store = candidate.store();
    return store == null ? accept(candidate, early) : take(candidate, early, wanted, store);
  }

  private HandshakeState refuse(Candidate candidate, EarlySecret early) throws TlsException {
    return miss(MissReason.CLIENT_CERTIFICATE_REFUSED, candidate.keyName()).fullAfter(early);
  }

  private @Nullable MissReason judge(Session session, ResumptionScope wanted) {
    if (session.suite().hash() != parameters.suite().hash()) {
      // RFC 8446, Section 4.2.11: a PSK is used only with the hash that it was made with.
      return session.version() == ProtocolVersion.TLS13
          ? MissReason.SUITE_UNAVAILABLE
          : MissReason.VERSION_MISMATCH;
    }
    return SessionGate.refuses(
        session, ProtocolVersion.TLS13, wanted, parameters.offer().serverName(), config);
  }

  /**
   * RFC 8446, Section 4.2.11: "Prior to accepting PSK key establishment, the server MUST validate
   * the corresponding binder value. If this value is not present or does not validate, the server
   * MUST abort the handshake. Servers SHOULD NOT attempt to validate multiple binders".
   */
  private void verifyBinder(int index, EarlySecret early) throws TlsException {
    int truncated = encodedHello.length() - psks.bindersLength();
    byte[] hash = handshake.transcript.hashWith(encodedHello.slice(0, truncated));
    if (!early.binder(hash).equalsInConstantTime(psks.binders().get(index))) {
      early.close();
      handshake.out.resumption(new ResumptionOutcome.Refused(RefusalReason.BINDER_MISMATCH));
      throw TlsException.misbehaved(
          AlertDescription.DECRYPT_ERROR, "The PSK binder does not verify");
    }
  }

  /** A single-use session is taken once its binder is verified: nobody else can use it up. */
  private HandshakeState take(
      Candidate candidate, EarlySecret early, ResumptionScope wanted, SessionStore store)
      throws TlsException {
    Opaque identity = psks.identities().get(candidate.index()).identity();
    Pending<Lookup> taken =
        StoreAnswers.lookUp(() -> store.take(identity, ProtocolVersion.TLS13, wanted));
    return Awaiting.answer(
        taken,
        answer ->
            switch (answer) {
              case Lookup.Found(Session session) -> {
                session.close();
                yield accept(candidate, early);
              }
              case Lookup.Mismatched(MissReason reason) -> miss(reason, null).fullAfter(early);
              case Lookup.NotInStore _ -> miss(MissReason.ALREADY_USED, null).fullAfter(early);
              case Lookup.Unavailable _ ->
                  miss(MissReason.STORE_UNAVAILABLE, null).fullAfter(early);
            });
  }

  private HandshakeState accept(Candidate candidate, EarlySecret early) throws TlsException {
    handshake.transcript.add(encodedHello);
    long age = config.clock().millis() - candidate.session().authenticatedAtMillis();
    ResumptionOutcome.Resumed outcome =
        new ResumptionOutcome.Resumed(
            candidate.mechanism(), candidate.keyName(), Duration.ofMillis(age));
    handshake.out.resumption(outcome);
    return handshake.resume(
        new PskDecision.Accepted(candidate.index(), early, candidate.session(), outcome));
  }

  /** Of several identities, the first one's reason counts. */
  private Tls13PskSelection miss(MissReason reason, @Nullable String keyName) {
    if (firstMiss == null) {
      firstMiss = new ResumptionOutcome.Full(reason, keyName);
    }
    return this;
  }

  private HandshakeState fullAfter(EarlySecret unused) throws TlsException {
    unused.close();
    return full();
  }

  private HandshakeState full() throws TlsException {
    handshake.transcript.add(encodedHello);
    return handshake.fullHandshake(firstMiss == null ? PskDecision.NOT_OFFERED : firstMiss);
  }
}
