/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.jsse.ThrowingApplicationTest.Place;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** A key manager that throws at one place. */
record ThrowingKeys(X509KeyManager other, @Nullable Place place, Fault fault)
    implements X509KeyManager {
  private void at(Place wanted) {
    if (place == wanted) {
      throw fault.strike();
    }
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return other.getClientAliases(keyType, issuers);
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    at(Place.CLIENT_ALIAS);
    return other.chooseClientAlias(keyType, issuers, socket);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return other.getServerAliases(keyType, issuers);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    at(Place.ALIAS);
    return other.chooseServerAlias(keyType, issuers, null);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    at(Place.CHAIN);
    return other.getCertificateChain(alias);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    at(Place.PRIVATE_KEY);
    return other.getPrivateKey(alias);
  }
}
