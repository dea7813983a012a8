/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** An {@link SSLServerSocket}. What is set on it counts for the sockets accepted from then on. */
final class RepriseServerSocket extends SSLServerSocket {
  private final ContextConfig context;

  /** Never connects: what is set here is set there. */
  private final RepriseEngine template;

  RepriseServerSocket(ContextConfig context) throws IOException {
    this.context = context;
    this.template = new RepriseEngine(context, null, -1);
    if (context.use() == ContextConfig.Use.EITHER) {
      template.setUseClientMode(false);
    }
  }

  /**
   * The handshake is left to the first read or write, so that a slow client holds up none other.
   */
  @Override
  public Socket accept() throws IOException {
    Socket transport = new Socket();
    implAccept(transport);
    RepriseSocket socket = RepriseSocket.accepted(context, template.parameters(), transport);
    if (context.use() == ContextConfig.Use.EITHER) {
      socket.setUseClientMode(template.getUseClientMode());
    }
    return socket;
  }

  @Override
  public SSLParameters getSSLParameters() {
    return template.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    template.setSSLParameters(parameters);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return template.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return template.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    template.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return template.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return template.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    template.setEnabledProtocols(protocols);
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    template.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return template.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    template.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return template.getWantClientAuth();
  }

  @Override
  public void setUseClientMode(boolean client) {
    template.setUseClientMode(client);
  }

  @Override
  public boolean getUseClientMode() {
    return template.getUseClientMode();
  }

  @Override
  public void setEnableSessionCreation(boolean enable) {
    template.setEnableSessionCreation(enable);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return template.getEnableSessionCreation();
  }

  @Override
  public String toString() {
    return "RepriseServerSocket[" + getLocalSocketAddress() + "]";
  }
}
