/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identity;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.List;
import javax.crypto.SecretKey;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * A session before its handshake is complete: what key and trust managers are shown while they
 * decide, and what an engine has before anything is agreed.
 */
final class UnfinishedSession extends AbstractSession {
  private static final byte[] NO_ID = {};

  /**
   * What is agreed so far.
   *
   * @param protocol {@code NONE} as long as there is no version
   * @param cipherSuite {@code SSL_NULL_WITH_NULL_NULL} as long as there is no suite
   * @param localSignatureAlgorithms for {@link java.security.Signature}
   * @param peerSignatureAlgorithms the same; empty until the peer has said what it can verify
   * @param localIdentity null until one is chosen
   */
  record Agreed(
      String protocol,
      String cipherSuite,
      List<SNIServerName> requestedNames,
      List<String> localSignatureAlgorithms,
      List<String> peerSignatureAlgorithms,
      @Nullable Identity localIdentity) {
    static final Agreed NOTHING =
        new Agreed("NONE", "SSL_NULL_WITH_NULL_NULL", List.of(), List.of(), List.of(), null);
  }

  private final Agreed agreed;
  private final long creationTime;
  private final BoundValues values;

  /**
   * @param values what is bound to it; the session that comes of it will have them too
   */
  UnfinishedSession(
      Agreed agreed, @Nullable String host, int port, long creationTime, BoundValues values) {
    super(null, host, port);
    this.agreed = agreed;
    this.creationTime = creationTime;
    this.values = values;
  }

  @Override
  BoundValues values() {
    return values;
  }

  @Override
  BoundValues valuesToChange() {
    return values;
  }

  @Override
  public byte[] getId() {
    return NO_ID.clone();
  }

  @Override
  public long getCreationTime() {
    return creationTime;
  }

  @Override
  public long getLastAccessedTime() {
    return creationTime;
  }

  @Override
  public String getCipherSuite() {
    return agreed.cipherSuite();
  }

  @Override
  public String getProtocol() {
    return agreed.protocol();
  }

  @Override
  public List<SNIServerName> getRequestedServerNames() {
    return agreed.requestedNames();
  }

  @Override
  public String[] getLocalSupportedSignatureAlgorithms() {
    return agreed.localSignatureAlgorithms().toArray(new String[0]);
  }

  @Override
  public String[] getPeerSupportedSignatureAlgorithms() {
    return agreed.peerSignatureAlgorithms().toArray(new String[0]);
  }

  @Override
  public SecretKey exportKeyingMaterialKey(
      String keyAlg, String label, byte @Nullable [] context, int length) {
    throw new IllegalStateException("The handshake is not complete");
  }

  @Override
  public byte[] exportKeyingMaterialData(String label, byte @Nullable [] context, int length) {
    throw new IllegalStateException("The handshake is not complete");
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    throw new SSLPeerUnverifiedException("The handshake is not complete");
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    throw new SSLPeerUnverifiedException("The handshake is not complete");
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return certificates(agreed.localIdentity());
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return principal(agreed.localIdentity());
  }

  @Override
  public String toString() {
    return "Session[" + agreed.protocol() + ", " + agreed.cipherSuite() + "]";
  }
}
