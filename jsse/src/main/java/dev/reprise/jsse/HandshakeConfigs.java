/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.ApplicationProtocolSelector;
import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the engine's configurations of what a context has and one engine or socket was told. */
final class HandshakeConfigs {
  private final ContextConfig context;
  private final EngineParameters parameters;
  private final Endpoint endpoint;
  private final List<CipherSuite> suites;
  private final List<NamedGroup> groups;
  private final List<SignatureScheme> signatureSchemes;
  private final List<ProtocolVersion> versions;

  HandshakeConfigs(ContextConfig context, EngineParameters parameters, Endpoint endpoint) {
    this.context = context;
    this.parameters = parameters;
    this.endpoint = endpoint;
    AlgorithmPolicy policy = AlgorithmPolicy.of(parameters.algorithmConstraints);
    this.suites = policy.permitted(parameters.cipherSuites, CipherSuite::standardName);
    this.groups = policy.permitted(parameters.groups, NamedGroup::standardName);
    this.signatureSchemes =
        policy.permittedSignatures(parameters.signatureSchemes, SignatureScheme::standardName);
    this.versions = usable(policy.permitted(parameters.protocols, ProtocolVersion::standardName));
  }

  List<SignatureScheme> signatureSchemes() {
    return signatureSchemes;
  }

  /**
   * The client's.
   *
   * @param noticing looks on while a certificate is chosen
   */
  ClientConfig client(UnaryOperator<Identities> noticing, @Nullable ClientSessionKey sessionKey)
      throws TlsException {
    requireSomething();
    return new ClientConfig(
        context.crypto(),
        context.clock(),
        versions,
        suites,
        groups,
        keyShares(),
        signatureSchemes,
        noticing.apply(context.identities().forClient(endpoint)),
        context.trust().inServers(endpoint),
        ServerNames.hostName(parameters.serverNames),
        parameters.applicationProtocols,
        context.clientSessions().policy(),
        context.clientSessions().store(),
        sessionKey,
        context.clientSessions().ticketRequest(),
        context.recheckPeerOnResumption(),
        context.handshakeDeadline());
  }

  /**
   * The server's.
   *
   * @param noticing looks on while a certificate is chosen
   * @param noticingProtocol looks on while an application protocol is
   */
  ServerConfig server(
      UnaryOperator<Identities> noticing,
      UnaryOperator<ApplicationProtocolSelector> noticingProtocol)
      throws TlsException {
    requireSomething();
    return new ServerConfig(
        context.crypto(),
        context.clock(),
        versions,
        suites,
        parameters.useCipherSuitesOrder,
        groups,
        signatureSchemes,
        noticing.apply(named(context.identities().forServer(endpoint))),
        parameters.clientAuthentication,
        context.trust().inClients(endpoint),
        noticingProtocol.apply(applicationProtocols()),
        context.serverSessions().resumption(),
        false,
        context.recheckPeerOnResumption(),
        context.handshakeDeadline());
  }

  private void requireSomething() throws TlsException {
    if (versions.isEmpty() || signatureSchemes.isEmpty()) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE,
          "No protocol is enabled that has a cipher suite, a group and a signature scheme");
    }
  }

  private List<ProtocolVersion> usable(List<ProtocolVersion> permitted) {
    for (ProtocolVersion version : permitted) {
      if (!isUsable(version)) {
        return permitted.stream().filter(this::isUsable).toList();
      }
    }
    return permitted;
  }

  private boolean isUsable(ProtocolVersion version) {
    return hasSuite(version) && hasGroup(version);
  }

  private boolean hasSuite(ProtocolVersion version) {
    for (CipherSuite suite : suites) {
      if (suite.version() == version) {
        return true;
      }
    }
    return false;
  }

  private boolean hasGroup(ProtocolVersion version) {
    for (NamedGroup group : groups) {
      if (version == ProtocolVersion.TLS13 || group.usableInTls12()) {
        return true;
      }
    }
    return false;
  }

  /** A server without the hybrid would cost a round trip, if its share came alone. */
  private int keyShares() {
    return groups.getFirst() == NamedGroup.X25519MLKEM768 ? Math.min(2, groups.size()) : 1;
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
    Function<List<String>, @Nullable String> function = endpoint.protocolSelector();
    return function == null
        ? ApplicationProtocolSelector.inOrder(parameters.applicationProtocols)
        : offered -> chosenBy(function, offered);
  }

  /**
   * {@link javax.net.ssl.SSLEngine#setHandshakeApplicationProtocolSelector}: null refuses what is
   * offered, and an empty name goes on without a protocol.
   */
  private @Nullable String chosenBy(
      Function<List<String>, @Nullable String> function, List<String> offered) throws TlsException {
    String protocol = function.apply(List.copyOf(offered));
    if (protocol == null || !(protocol.isEmpty() || offered.contains(protocol))) {
      throw TlsException.incompatible(
          AlertDescription.NO_APPLICATION_PROTOCOL, "No offered application protocol was chosen");
    }
    return protocol.isEmpty() ? null : protocol;
  }
}
