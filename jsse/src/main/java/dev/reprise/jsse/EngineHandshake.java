/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ApplicationProtocolSelector;
import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.handshake.Negotiation;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * What one engine's handshake is given, fixed when it begins, and what is known of it until it
 * ends. The engine's lock guards it.
 */
final class EngineHandshake {
  private final ContextConfig context;
  private final EngineParameters parameters;
  private final RepriseEngine engine;
  private final @Nullable BiFunction<SSLEngine, List<String>, String> selector;
  private final List<SignatureScheme> signatureSchemes;
  private @Nullable IdentityRequest identityRequest;
  private @Nullable String applicationProtocol;

  EngineHandshake(
      ContextConfig context,
      EngineParameters parameters,
      RepriseEngine engine,
      @Nullable BiFunction<SSLEngine, List<String>, String> selector) {
    this.context = context;
    this.parameters = parameters;
    this.engine = engine;
    this.selector = selector;
    this.signatureSchemes =
        policy().permittedSignatures(parameters.signatureSchemes, SignatureScheme::standardName);
  }

  TlsConnection connect(boolean client) throws TlsException {
    List<CipherSuite> suites =
        policy().permitted(parameters.cipherSuites, CipherSuite::standardName);
    List<NamedGroup> groups = policy().permitted(parameters.groups, NamedGroup::standardName);
    List<ProtocolVersion> versions =
        policy().permitted(parameters.protocols, ProtocolVersion::standardName).stream()
            .filter(version -> isUsable(version, suites, groups))
            .toList();
    if (versions.isEmpty() || signatureSchemes.isEmpty()) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE,
          "No protocol is enabled that has a cipher suite, a group and a signature scheme");
    }
    return client
        ? TlsConnection.client(clientConfig(versions, suites, groups))
        : TlsConnection.server(serverConfig(versions, suites, groups));
  }

  private static boolean isUsable(
      ProtocolVersion version, List<CipherSuite> suites, List<NamedGroup> groups) {
    boolean suite = suites.stream().anyMatch(each -> each.version() == version);
    return suite
        && switch (version) {
          case TLS12 -> groups.stream().anyMatch(NamedGroup::usableInTls12);
          case TLS13 -> !groups.isEmpty();
        };
  }

  private ClientConfig clientConfig(
      List<ProtocolVersion> versions, List<CipherSuite> suites, List<NamedGroup> groups) {
    return new ClientConfig(
        context.crypto(),
        context.clock(),
        versions,
        suites,
        groups,
        keyShares(groups),
        signatureSchemes,
        noticing(context.identities().forClient(engine)),
        context.trust().inServers(engine),
        ServerNames.hostName(parameters.serverNames),
        parameters.applicationProtocols,
        context.clientSessions().policy(),
        context.clientSessions().store(),
        sessionKey(),
        context.recheckPeerOnResumption(),
        context.handshakeDeadline());
  }

  /** A server without the hybrid would cost a round trip, if its share came alone. */
  private static int keyShares(List<NamedGroup> groups) {
    return groups.getFirst() == NamedGroup.X25519MLKEM768 ? Math.min(2, groups.size()) : 1;
  }

  /**
   * Sessions are kept only for a server that can be told. One that was made without identifying the
   * endpoint must not be used where that is asked for, nor one of another context, whose trust
   * manager may trust others. Constraints cannot be compared: under them nothing is kept.
   */
  @Nullable ClientSessionKey sessionKey() {
    String host = engine.getPeerHost();
    int port = engine.getPeerPort();
    if (host == null || port < 0 || port > 0xffff || parameters.algorithmConstraints != null) {
      return null;
    }
    String identification = parameters.endpointIdentificationAlgorithm;
    return new ClientSessionKey(
        host,
        port,
        context.clientSessions().partition()
            + (identification == null ? "" : identification.toUpperCase(Locale.ROOT)));
  }

  private ServerConfig serverConfig(
      List<ProtocolVersion> versions, List<CipherSuite> suites, List<NamedGroup> groups) {
    return new ServerConfig(
        context.crypto(),
        context.clock(),
        versions,
        suites,
        parameters.useCipherSuitesOrder,
        groups,
        signatureSchemes,
        noticing(named(context.identities().forServer(engine))),
        parameters.clientAuthentication,
        context.trust().inClients(engine),
        applicationProtocols(),
        context.serverSessions().resumption(),
        false,
        context.recheckPeerOnResumption(),
        context.handshakeDeadline());
  }

  /** Key managers ask for what they have to fit while they choose. */
  private Identities noticing(Identities identities) {
    return request -> {
      identityRequest = request;
      return identities.choose(request);
    };
  }

  private Identities named(Identities identities) {
    return request ->
        ServerNames.accepted(parameters.sniMatchers, request.serverName())
            ? identities.choose(request)
            : Pending.work(() -> {
              throw TlsException.incompatible(
                  AlertDescription.UNRECOGNIZED_NAME, "No matcher takes the client's server name");
            });
  }

  private ApplicationProtocolSelector applicationProtocols() {
    BiFunction<SSLEngine, List<String>, String> function = selector;
    ApplicationProtocolSelector choice =
        function == null
            ? ApplicationProtocolSelector.inOrder(parameters.applicationProtocols)
            : offered -> chosenBy(function, offered);
    return offered -> {
      applicationProtocol = choice.select(offered);
      return applicationProtocol;
    };
  }

  /**
   * {@link SSLEngine#setHandshakeApplicationProtocolSelector}: null refuses what is offered, and an
   * empty name goes on without a protocol.
   */
  private @Nullable String chosenBy(
      BiFunction<SSLEngine, List<String>, String> function, List<String> offered)
      throws TlsException {
    String protocol = function.apply(engine, List.copyOf(offered));
    if (protocol == null || !(protocol.isEmpty() || offered.contains(protocol))) {
      throw TlsException.incompatible(
          AlertDescription.NO_APPLICATION_PROTOCOL, "No offered application protocol was chosen");
    }
    return protocol.isEmpty() ? null : protocol;
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
            requestedNames(known.serverName(), client),
            localSignatureAlgorithms(),
            peerSignatureAlgorithms(known)),
        engine.getPeerHost(),
        engine.getPeerPort(),
        context.clock().millis());
  }

  RepriseSession finished(ConnectionInfo info, boolean client) {
    return new RepriseSession(
        info,
        new RepriseSession.Surroundings(
            client ? context.clientSessions() : context.serverSessions(),
            engine.getPeerHost(),
            engine.getPeerPort(),
            context.clock(),
            context.crypto().random(),
            requestedNames(info.serverName(), client),
            localSignatureAlgorithms(),
            engine,
            client ? () -> context.clientSessions().forget(sessionKey()) : engine::forgetSessions));
  }

  private List<SNIServerName> requestedNames(@Nullable String serverName, boolean client) {
    return client ? parameters.serverNames : ServerNames.list(serverName);
  }

  private List<String> localSignatureAlgorithms() {
    return List.of(SignatureAlgorithmNames.of(signatureSchemes));
  }

  private List<String> peerSignatureAlgorithms(Negotiation known) {
    IdentityRequest request = identityRequest;
    // A server's request for a client certificate comes after what is agreed.
    return known.peerSignatureSchemes().size() > 0 || request == null
        ? List.of(SignatureAlgorithmNames.of(known.peerSignatureSchemes()))
        : List.of(SignatureAlgorithmNames.of(request.schemes()));
  }

  private AlgorithmPolicy policy() {
    return AlgorithmPolicy.of(parameters.algorithmConstraints);
  }
}
