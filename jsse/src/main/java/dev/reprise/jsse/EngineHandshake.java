/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ApplicationProtocolSelector;
import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.handshake.Negotiation;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.wire.TlsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one engine's handshake is given, fixed when it begins, and what is known of it until it
 * ends. The engine's lock guards it.
 */
final class EngineHandshake {
  private final ContextConfig context;
  private final EngineParameters parameters;
  private final RepriseEngine engine;
  private final HandshakeConfigs configs;
  private final BoundValues values = new BoundValues();
  private @Nullable IdentityRequest identityRequest;

  /** Chosen by a task, without the lock. */
  private volatile @Nullable Identity identity;

  private @Nullable String applicationProtocol;

  EngineHandshake(
      ContextConfig context, EngineParameters parameters, RepriseEngine engine, Endpoint endpoint) {
    this.context = context;
    this.parameters = parameters;
    this.engine = engine;
    this.configs = new HandshakeConfigs(context, parameters, endpoint);
  }

  TlsConnection connect(boolean client) throws TlsException {
    return client
        ? TlsConnection.client(configs.client(this::noticing, sessionKey()))
        : TlsConnection.server(configs.server(this::noticing, this::noticingProtocol));
  }

  @Nullable ClientSessionKey sessionKey() {
    return SessionKeys.of(
        context.clientSessions(), parameters, engine.getPeerHost(), engine.getPeerPort());
  }

  /** Key managers ask for what they have to fit while they choose. */
  private Identities noticing(Identities identities) {
    return request -> {
      identityRequest = request;
      return identities.choose(request).map(this::noticingIdentity);
    };
  }

  private @Nullable Identity noticingIdentity(@Nullable Identity chosen) {
    identity = chosen;
    return chosen;
  }

  private ApplicationProtocolSelector noticingProtocol(ApplicationProtocolSelector choice) {
    return offered -> {
      applicationProtocol = choice.select(offered);
      return applicationProtocol;
    };
  }

  /** What a server has chosen; null until then, and on the client's side. */
  @Nullable String applicationProtocol() {
    return applicationProtocol;
  }

  /** What key and trust managers are shown. */
  UnfinishedSession session(Negotiation known, boolean client) {
    CipherSuite suite = known.suite();
    return new UnfinishedSession(
        new UnfinishedSession.Agreed(
            known.version().standardName(),
            suite == null ? UnfinishedSession.Agreed.NOTHING.cipherSuite() : suite.standardName(),
            client ? parameters.serverNames : ServerNames.list(known.serverName()),
            List.of(SignatureAlgorithmNames.of(configs.signatureSchemes())),
            peerSignatureAlgorithms(known),
            identity),
        engine.getPeerHost(),
        engine.getPeerPort(),
        context.clock().millis(),
        values);
  }

  /** The session, of which its context also keeps what is left when the connection is gone. */
  RepriseSession finished(ConnectionInfo reached, boolean client) {
    SessionContext sessions = client ? context.clientSessions() : context.serverSessions();
    ConnectionInfo info = client ? sessions.inherited(reached) : reached;
    ClientSessionKey key = client ? sessionKey() : null;
    // What is listed outlives the connection, and must not hold on to it.
    ClientSessions offered = context.clientSessions();
    Runnable forget = () -> offered.forget(key);
    RepriseSession session =
        new RepriseSession(
            info, surroundings(sessions, client, engine, client ? forget : engine::forgetSessions));
    if (!values.isEmpty()) {
      session.valuesToChange().takeFrom(values);
    }
    if (client ? key != null : context.serverSessions().remembers()) {
      sessions.list(
          new RepriseSession(info.withoutExporter(), surroundings(sessions, client, null, forget)));
    }
    return session;
  }

  private RepriseSession.Surroundings surroundings(
      SessionContext sessions, boolean client, @Nullable Object lock, Runnable forget) {
    return new RepriseSession.Surroundings(
        sessions,
        engine.getPeerHost(),
        engine.getPeerPort(),
        context.clock(),
        client ? parameters.serverNames : null,
        configs.signatureSchemes(),
        lock,
        forget);
  }

  private List<String> peerSignatureAlgorithms(Negotiation known) {
    IdentityRequest request = identityRequest;
    // A server's request for a client certificate comes after what is agreed.
    return known.peerSignatureSchemes().size() > 0 || request == null
        ? List.of(SignatureAlgorithmNames.of(known.peerSignatureSchemes()))
        : List.of(SignatureAlgorithmNames.of(request.schemes()));
  }
}
