/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.wire.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmConstraints;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** What can be set on one engine, in the engine's words. Not thread-safe. */
final class EngineParameters {
  List<ProtocolVersion> protocols = Defaults.VERSIONS;
  List<CipherSuite> cipherSuites = Defaults.CIPHER_SUITES;
  List<NamedGroup> groups;
  List<SignatureScheme> signatureSchemes = Defaults.SIGNATURE_SCHEMES;
  List<String> applicationProtocols = List.of();
  ClientAuthentication clientAuthentication = ClientAuthentication.NONE;
  boolean useCipherSuitesOrder = true;
  boolean enableSessionCreation = true;
  List<SNIServerName> serverNames = List.of();

  /** Whether the application has said which: none, it may be. */
  boolean serverNamesGiven;

  Collection<SNIMatcher> sniMatchers = List.of();
  @Nullable String endpointIdentificationAlgorithm;
  @Nullable AlgorithmConstraints algorithmConstraints;

  /** What a client's sessions are kept apart by. */
  String sessionPartition = "";

  /** Where a client looks for sessions, and puts its own; null: by its own server. */
  @Nullable ClientSessionKey sessionsOf;

  /** For datagrams only: told back, and of no consequence. */
  boolean enableRetransmissions;

  /** Bytes of the longest record that is sent; 0: as long as a record may be. */
  int maximumPacketSize;

  /** What becomes the default once the side is known. */
  SideDefaults clientDefaults = SideDefaults.NONE;

  SideDefaults serverDefaults = SideDefaults.NONE;

  int longestRecord() {
    return maximumPacketSize == 0 ? TlsConnection.LONGEST_RECORD : maximumPacketSize;
  }

  EngineParameters() {
    groups = Names.enabledGroups(System.getProperty("jdk.tls.namedGroups"));
  }

  private EngineParameters(EngineParameters other) {
    protocols = other.protocols;
    cipherSuites = other.cipherSuites;
    groups = other.groups;
    signatureSchemes = other.signatureSchemes;
    applicationProtocols = other.applicationProtocols;
    clientAuthentication = other.clientAuthentication;
    useCipherSuitesOrder = other.useCipherSuitesOrder;
    enableSessionCreation = other.enableSessionCreation;
    serverNames = other.serverNames;
    serverNamesGiven = other.serverNamesGiven;
    sniMatchers = other.sniMatchers;
    endpointIdentificationAlgorithm = other.endpointIdentificationAlgorithm;
    algorithmConstraints = other.algorithmConstraints;
    sessionPartition = other.sessionPartition;
    sessionsOf = other.sessionsOf;
    enableRetransmissions = other.enableRetransmissions;
    maximumPacketSize = other.maximumPacketSize;
    clientDefaults = other.clientDefaults;
    serverDefaults = other.serverDefaults;
  }

  EngineParameters copy() {
    return new EngineParameters(this);
  }

  /** What one side has of them. */
  EngineParameters of(boolean client) {
    EngineParameters copy = copy();
    copy.adopt(client);
    return copy;
  }

  /** Its side is known: what the system's properties say of it holds, unless told otherwise. */
  void adopt(boolean client) {
    SideDefaults before = client ? serverDefaults : clientDefaults;
    SideDefaults now = client ? clientDefaults : serverDefaults;
    protocols = adopted(protocols, Defaults.VERSIONS, before.protocols(), now.protocols());
    cipherSuites =
        adopted(cipherSuites, Defaults.CIPHER_SUITES, before.cipherSuites(), now.cipherSuites());
    signatureSchemes =
        adopted(
            signatureSchemes,
            Defaults.SIGNATURE_SCHEMES,
            before.signatureSchemes(),
            now.signatureSchemes());
  }

  /** As in the JDK a list that was set stays, even one that equals a default. */
  @SuppressWarnings("ReferenceEquality")
  private static <T> List<T> adopted(
      List<T> set, List<T> usual, @Nullable List<T> other, @Nullable List<T> wanted) {
    boolean untold = set == usual || set == other;
    return untold ? (wanted == null ? usual : wanted) : set;
  }

  SSLParameters toJsse() {
    SSLParameters parameters =
        new SSLParameters(
            Names.of(cipherSuites, CipherSuite::standardName),
            Names.of(protocols, ProtocolVersion::standardName));
    switch (clientAuthentication) {
      case NONE -> {}
      case WANT -> parameters.setWantClientAuth(true);
      case NEED -> parameters.setNeedClientAuth(true);
    }
    parameters.setUseCipherSuitesOrder(useCipherSuitesOrder);
    parameters.setEnableRetransmissions(enableRetransmissions);
    parameters.setMaximumPacketSize(maximumPacketSize);
    parameters.setApplicationProtocols(applicationProtocols.toArray(new String[0]));
    parameters.setNamedGroups(Names.of(groups, NamedGroup::standardName));
    parameters.setSignatureSchemes(Names.of(signatureSchemes, SignatureScheme::standardName));
    if (serverNamesGiven || !serverNames.isEmpty()) {
      parameters.setServerNames(serverNames);
    }
    parameters.setSNIMatchers(sniMatchers);
    if (endpointIdentificationAlgorithm != null) {
      parameters.setEndpointIdentificationAlgorithm(endpointIdentificationAlgorithm);
    }
    if (algorithmConstraints != null) {
      parameters.setAlgorithmConstraints(algorithmConstraints);
    }
    return parameters;
  }

  /** What is null there stays as it is here. Nothing changes if anything is refused. */
  void apply(SSLParameters given) {
    EngineParameters next = copy();
    next.applyNegotiated(given);
    next.applyServersChoices(given);
    next.applyNames(given);
    takeFrom(next);
  }

  private void applyNegotiated(SSLParameters given) {
    if (given.getProtocols() != null) {
      protocols = Names.protocols(given.getProtocols());
    }
    if (given.getCipherSuites() != null) {
      cipherSuites = Names.cipherSuites(given.getCipherSuites());
    }
    if (given.getNamedGroups() != null) {
      groups = Names.groups(List.of(given.getNamedGroups()));
    }
    if (given.getSignatureSchemes() != null) {
      signatureSchemes = Names.signatureSchemes(List.of(given.getSignatureSchemes()));
    }
    applicationProtocols = checked(List.of(given.getApplicationProtocols()));
  }

  private void applyServersChoices(SSLParameters given) {
    clientAuthentication =
        given.getNeedClientAuth()
            ? ClientAuthentication.NEED
            : given.getWantClientAuth() ? ClientAuthentication.WANT : ClientAuthentication.NONE;
    useCipherSuitesOrder = given.getUseCipherSuitesOrder();
    enableRetransmissions = given.getEnableRetransmissions();
    maximumPacketSize = given.getMaximumPacketSize();
    if (given.getSNIMatchers() != null) {
      sniMatchers = List.copyOf(given.getSNIMatchers());
    }
  }

  private void applyNames(SSLParameters given) {
    if (given.getServerNames() != null) {
      serverNames = List.copyOf(given.getServerNames());
      serverNamesGiven = true;
    }
    if (given.getEndpointIdentificationAlgorithm() != null) {
      endpointIdentificationAlgorithm = given.getEndpointIdentificationAlgorithm();
    }
    if (given.getAlgorithmConstraints() != null) {
      algorithmConstraints = given.getAlgorithmConstraints();
    }
  }

  private void takeFrom(EngineParameters next) {
    protocols = next.protocols;
    cipherSuites = next.cipherSuites;
    groups = next.groups;
    signatureSchemes = next.signatureSchemes;
    applicationProtocols = next.applicationProtocols;
    clientAuthentication = next.clientAuthentication;
    useCipherSuitesOrder = next.useCipherSuitesOrder;
    serverNames = next.serverNames;
    serverNamesGiven = next.serverNamesGiven;
    sniMatchers = next.sniMatchers;
    endpointIdentificationAlgorithm = next.endpointIdentificationAlgorithm;
    algorithmConstraints = next.algorithmConstraints;
    enableRetransmissions = next.enableRetransmissions;
    maximumPacketSize = next.maximumPacketSize;
  }

  /** RFC 7301, Section 3.1: a ProtocolName has 1 to 255 bytes; JSSE's users write one a char. */
  static List<String> checked(List<String> applicationProtocols) {
    for (String protocol : applicationProtocols) {
      int length = protocol.getBytes(StandardCharsets.ISO_8859_1).length;
      if (length < 1 || length > 255) {
        throw new IllegalArgumentException(
            "An application protocol has 1 to 255 bytes, not " + length);
      }
    }
    return List.copyOf(applicationProtocols);
  }
}
