/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A key manager that does not care for issuers, and lets the test look at the engine, or fail,
 * whenever it is asked.
 */
final class OneAlias extends X509ExtendedKeyManager {
  private final X509ExtendedKeyManager other;
  private final Consumer<SSLEngine> first;

  OneAlias(X509ExtendedKeyManager other, Consumer<SSLEngine> first) {
    this.other = other;
    this.first = first;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    first.accept(engine);
    return other.chooseEngineServerAlias(keyType, null, engine);
  }

  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    first.accept(engine);
    return other.chooseEngineClientAlias(keyTypes, null, engine);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return other.getClientAliases(keyType, issuers);
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return other.chooseClientAlias(keyTypes, issuers, socket);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return other.getServerAliases(keyType, issuers);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return other.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return other.getCertificateChain(alias);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return other.getPrivateKey(alias);
  }
}
