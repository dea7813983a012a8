/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** What can be set on an engine. It counts for the handshake when that begins. */
abstract class ParameterizedEngine extends SSLEngine {
  private final EngineParameters parameters;
  private @Nullable String peerHost;
  private int peerPort;
  private @Nullable BiFunction<SSLEngine, List<String>, String> selector;

  ParameterizedEngine(@Nullable String peerHost, int peerPort, EngineParameters parameters) {
    super(peerHost, peerPort);
    this.parameters = parameters.copy();
    meet(peerHost, peerPort);
  }

  /** Who the peer is: a socket may learn it when it connects, after all else is set. */
  final synchronized void meet(@Nullable String host, int port) {
    peerHost = host;
    peerPort = port;
    if (!parameters.serverNamesGiven && parameters.serverNames.isEmpty()) {
      parameters.serverNames = ServerNames.forHost(host);
    }
  }

  @Override
  public final synchronized @Nullable String getPeerHost() {
    return peerHost;
  }

  @Override
  public final synchronized int getPeerPort() {
    return peerPort;
  }

  final synchronized void sessionsOf(String partition, @Nullable ClientSessionKey other) {
    parameters.sessionPartition = partition;
    parameters.sessionsOf = other;
  }

  final synchronized void adopt(boolean client) {
    parameters.adopt(client);
  }

  /** As they are now. */
  final synchronized EngineParameters parameters() {
    return parameters.copy();
  }

  @Override
  public final synchronized SSLParameters getSSLParameters() {
    return parameters.toJsse();
  }

  @Override
  public final synchronized void setSSLParameters(SSLParameters given) {
    parameters.apply(given);
    sendRecordsOfAtMost(parameters.longestRecord());
  }

  /** Of what is set this alone counts at once: whoever sets it has learnt what the path carries. */
  abstract void sendRecordsOfAtMost(int bytes);

  @Override
  public final String[] getSupportedCipherSuites() {
    return Names.of(Defaults.CIPHER_SUITES, CipherSuite::standardName);
  }

  @Override
  public final synchronized String[] getEnabledCipherSuites() {
    return Names.of(parameters.cipherSuites, CipherSuite::standardName);
  }

  @Override
  public final synchronized void setEnabledCipherSuites(String[] suites) {
    parameters.cipherSuites = Names.cipherSuites(suites);
  }

  @Override
  public final String[] getSupportedProtocols() {
    return Names.of(Defaults.VERSIONS, ProtocolVersion::standardName);
  }

  @Override
  public final synchronized String[] getEnabledProtocols() {
    return Names.of(parameters.protocols, ProtocolVersion::standardName);
  }

  @Override
  public final synchronized void setEnabledProtocols(String[] protocols) {
    parameters.protocols = Names.protocols(protocols);
  }

  @Override
  public final synchronized void setNeedClientAuth(boolean need) {
    parameters.clientAuthentication = need ? ClientAuthentication.NEED : ClientAuthentication.NONE;
  }

  @Override
  public final synchronized boolean getNeedClientAuth() {
    return parameters.clientAuthentication == ClientAuthentication.NEED;
  }

  @Override
  public final synchronized void setWantClientAuth(boolean want) {
    parameters.clientAuthentication = want ? ClientAuthentication.WANT : ClientAuthentication.NONE;
  }

  @Override
  public final synchronized boolean getWantClientAuth() {
    return parameters.clientAuthentication == ClientAuthentication.WANT;
  }

  @Override
  public final synchronized void setEnableSessionCreation(boolean enable) {
    parameters.enableSessionCreation = enable;
  }

  @Override
  public final synchronized boolean getEnableSessionCreation() {
    return parameters.enableSessionCreation;
  }

  @Override
  public final synchronized void setHandshakeApplicationProtocolSelector(
      @Nullable BiFunction<SSLEngine, List<String>, String> given) {
    selector = given;
  }

  @Override
  public final synchronized @Nullable BiFunction<SSLEngine, List<String>, String>
      getHandshakeApplicationProtocolSelector() {
    return selector;
  }
}
