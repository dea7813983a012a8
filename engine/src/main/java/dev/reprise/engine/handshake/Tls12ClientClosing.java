/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.schedule.Exporter12;
import dev.reprise.engine.schedule.Tls12KeyBlock;
import dev.reprise.engine.schedule.Tls12Secrets;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.NewSessionTicket12;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a TLS 1.2 client's handshake, full or abbreviated: who finishes first differs. */
final class Tls12ClientClosing {
  /** RFC 5077, Section 3.3: a hint of zero is "unspecified"; then our own limits count alone. */
  private static final long UNSPECIFIED_HINT_SECONDS = 86_400;

  private final Tls12ClientHandshake hellos;
  private final ClientHandshake handshake;
  private final ClientConfig config;
  private final Tls12Prf prf;
  private final Secret main;
  private final @Nullable NamedGroup group;
  private final ResumptionOutcome outcome;
  private final List<Opaque> peerCertificates;
  private final @Nullable Identity identity;
  private final @Nullable ClientSession resumed;
  private final Uint16List peerSignatureSchemes;
  private final Tls12KeyBlock keys;
  private @Nullable NewSessionTicket12 ticket;

  Tls12ClientClosing(
      Tls12ClientHandshake hellos,
      Tls12Prf prf,
      Secret main,
      @Nullable NamedGroup group,
      ResumptionOutcome outcome,
      List<Opaque> peerCertificates,
      @Nullable Identity identity,
      @Nullable ClientSession resumed,
      Uint16List peerSignatureSchemes)
      throws TlsException {
    this.hellos = hellos;
    this.handshake = hellos.handshake;
    this.config = hellos.config;
    this.prf = prf;
    this.main = main;
    this.group = group;
    this.outcome = outcome;
    this.peerCertificates = peerCertificates;
    this.identity = identity;
    this.resumed = resumed;
    this.peerSignatureSchemes = peerSignatureSchemes;
    handshake.out.onEnd(main::close);
    handshake.out.onEnd(prf::forget);
    this.keys =
        Tls12Secrets.keyBlock(
            prf, main, handshake.random, hellos.hello.random(), hellos.suite.aead());
    handshake.out.onEnd(keys::close);
  }

  /** A full handshake: the client finishes first. */
  HandshakeState finishFirst() throws TlsException {
    handshake.transcript.forgetMessages();
    sendFinished();
    return expectServersEnd();
  }

  HandshakeState expectServersEnd() {
    return hellos.ticketFollows()
        ? new Tls12ClientExpectNewSessionTicket(this)
        : new Tls12ClientExpectChangeCipherSpec(this);
  }

  HandshakeState newSessionTicket(NewSessionTicket12 message, Opaque encoded) {
    ticket = message;
    handshake.transcript.add(encoded);
    return new Tls12ClientExpectChangeCipherSpec(this);
  }

  HandshakeState changeCipherSpec() throws TlsException {
    handshake.out.protectReading(Epochs.opening(config.crypto(), keys.server()));
    return new Tls12ClientExpectFinished(this);
  }

  /** The server's Finished. In an abbreviated handshake the client's comes after it. */
  HandshakeState finished(Finished message, Opaque encoded) throws TlsException {
    Opaque expected = Tls12Secrets.serverFinished(prf, main, handshake.transcript.hash());
    if (!expected.equalsInConstantTime(message.verifyData())) {
      throw TlsException.misbehaved(
          AlertDescription.DECRYPT_ERROR, "The server's Finished does not verify");
    }
    handshake.transcript.add(encoded);
    if (resumed == null) {
      return connected();
    }
    return Awaiting.answer(
        Certificates.recheckServer(config, peerCertificates, hellos.authenticationType()),
        _ -> {
          sendFinished();
          return connected();
        });
  }

  private void sendFinished() throws TlsException {
    handshake.out.sendChangeCipherSpec();
    handshake.out.protectWriting(Epochs.sealing(config.crypto(), keys.client()));
    Opaque verifyData = Tls12Secrets.clientFinished(prf, main, handshake.transcript.hash());
    handshake.transcript.add(handshake.out.send(new Finished(verifyData)));
  }

  private HandshakeState connected() throws TlsException {
    if (resumed == null) {
      handshake.declined();
    }
    ConnectionInfo info = info();
    remember(info);
    handshake.out.connected(info);
    return new Tls12Connected(false);
  }

  /** RFC 5077, Section 3.3: a ticket is used only once the server's Finished is verified. */
  private void remember(ConnectionInfo info) throws TlsException {
    NewSessionTicket12 issued = ticket;
    if (!hellos.extendedMasterSecret()) {
      return;
    }
    if (issued != null && !issued.ticket().isEmpty()) {
      long hint = issued.lifetimeHintSeconds();
      ClientSessions.keep(
          config,
          handshake.out,
          info,
          main.copy(),
          issued.ticket(),
          0,
          hint == 0 ? UNSPECIFIED_HINT_SECONDS : hint);
    } else if (issued == null && resumed == null && !hellos.hello.sessionId().isEmpty()) {
      ClientSessions.keep(
          config, handshake.out, info, main.copy(), Opaque.EMPTY, 0, UNSPECIFIED_HINT_SECONDS);
    }
  }

  /** Beside a ticket an ID is made up for one handshake (RFC 5077, Section 3.4). */
  private Opaque ownSessionId() throws TlsException {
    boolean issued = ticket != null && !ticket.ticket().isEmpty();
    boolean offered = resumed != null && !resumed.ticket().isEmpty();
    Opaque agreed = issued || offered ? Opaque.EMPTY : hellos.hello.sessionId();
    return agreed.isEmpty() && hellos.extendedMasterSecret()
        ? Tls12Secrets.sessionId(prf, main)
        : agreed;
  }

  private ConnectionInfo info() throws TlsException {
    long now = config.clock().millis();
    return new ConnectionInfo(
        ProtocolVersion.TLS12,
        hellos.suite,
        group,
        config.serverName(),
        hellos.applicationProtocol(),
        outcome,
        ownSessionId(),
        peerCertificates,
        identity,
        peerSignatureSchemes,
        resumed == null ? now : resumed.session().createdAtMillis(),
        resumed == null ? now : resumed.session().authenticatedAtMillis(),
        resumed == null ? config.crypto().random().nextLong() : resumed.session().lineage(),
        hellos.extendedMasterSecret()
            ? Exporter12.of(prf, main, handshake.random, hellos.hello.random())
            : null);
  }
}
