/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.jsse.ThrowingApplicationTest.Place;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A trust manager that throws at one place. */
record ThrowingTrust(X509TrustManager other, @Nullable Place place, Fault fault)
    implements X509TrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (place == Place.CLIENT_TRUST) {
      throw fault.strike();
    }
    other.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (place == Place.SERVER_TRUST) {
      throw fault.strike();
    }
    other.checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    if (place == Place.ISSUERS) {
      throw fault.strike();
    }
    return other.getAcceptedIssuers();
  }
}
