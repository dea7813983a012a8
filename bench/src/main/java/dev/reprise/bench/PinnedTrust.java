/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one certificate and builds no path, and counts how often it is asked: once in every full
 * handshake and never in a resumed one, which has no Certificate message. Not thread-safe.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final X509Certificate pinned;
  private long questions;

  PinnedTrust(X509Certificate pinned) {
    this.pinned = pinned;
  }

  /** How often it was asked for a verdict so far. */
  long questions() {
    return questions;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    questions++;
    if (!chain[0].equals(pinned)) {
      throw new CertificateException("Not the pinned certificate");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
