/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.net.Socket;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** What can be set on a socket, and asked of its handshake: its engine has it all. */
abstract class ParameterizedSocket extends TransportSocket {
  private final RepriseEngine engine;
  private volatile @Nullable BiFunction<SSLSocket, List<String>, String> selector;

  ParameterizedSocket(Socket transport, ContextConfig context, EngineParameters parameters) {
    super(transport);
    this.engine = new RepriseEngine(context, parameters, null, -1, new SocketEndpoint(this));
  }

  final RepriseEngine engine() {
    return engine;
  }

  @Override
  public final SSLParameters getSSLParameters() {
    return engine.getSSLParameters();
  }

  @Override
  public final void setSSLParameters(SSLParameters parameters) {
    engine.setSSLParameters(parameters);
  }

  @Override
  public final String[] getSupportedCipherSuites() {
    return engine.getSupportedCipherSuites();
  }

  @Override
  public final String[] getEnabledCipherSuites() {
    return engine.getEnabledCipherSuites();
  }

  @Override
  public final void setEnabledCipherSuites(String[] suites) {
    engine.setEnabledCipherSuites(suites);
  }

  @Override
  public final String[] getSupportedProtocols() {
    return engine.getSupportedProtocols();
  }

  @Override
  public final String[] getEnabledProtocols() {
    return engine.getEnabledProtocols();
  }

  @Override
  public final void setEnabledProtocols(String[] protocols) {
    engine.setEnabledProtocols(protocols);
  }

  @Override
  public final void setUseClientMode(boolean client) {
    engine.setUseClientMode(client);
  }

  @Override
  public final boolean getUseClientMode() {
    return engine.getUseClientMode();
  }

  @Override
  public final void setNeedClientAuth(boolean need) {
    engine.setNeedClientAuth(need);
  }

  @Override
  public final boolean getNeedClientAuth() {
    return engine.getNeedClientAuth();
  }

  @Override
  public final void setWantClientAuth(boolean want) {
    engine.setWantClientAuth(want);
  }

  @Override
  public final boolean getWantClientAuth() {
    return engine.getWantClientAuth();
  }

  @Override
  public final void setEnableSessionCreation(boolean enable) {
    engine.setEnableSessionCreation(enable);
  }

  @Override
  public final boolean getEnableSessionCreation() {
    return engine.getEnableSessionCreation();
  }

  @Override
  public final @Nullable SSLSession getHandshakeSession() {
    return engine.getHandshakeSession();
  }

  @Override
  public final @Nullable String getApplicationProtocol() {
    return engine.getApplicationProtocol();
  }

  @Override
  public final @Nullable String getHandshakeApplicationProtocol() {
    return engine.getHandshakeApplicationProtocol();
  }

  @Override
  public final void setHandshakeApplicationProtocolSelector(
      @Nullable BiFunction<SSLSocket, List<String>, String> given) {
    selector = given;
  }

  @Override
  public final @Nullable BiFunction<SSLSocket, List<String>, String>
      getHandshakeApplicationProtocolSelector() {
    return selector;
  }
}
