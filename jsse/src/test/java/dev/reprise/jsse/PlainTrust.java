/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** A trust manager that is never shown an engine; it may keep its issuers to itself. */
record PlainTrust(X509TrustManager other, boolean namesIssuers) implements X509TrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    other.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    other.checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return namesIssuers ? other.getAcceptedIssuers() : new X509Certificate[0];
  }
}
