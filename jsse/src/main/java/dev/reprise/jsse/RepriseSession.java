/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identity;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.schedule.Exporter;
import dev.reprise.engine.wire.TlsException;
import java.security.Principal;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The session of a connection whose handshake is complete, with what Reprise tells beyond JSSE: how
 * it came about ({@link #resumptionOutcome}) and how long ago its parties were authenticated
 * ({@link #age}). Safe for threads.
 */
public final class RepriseSession extends AbstractSession {
  /**
   * What a session is made of besides the outcome of its handshake.
   *
   * @param random draws an ID where the protocol gives none
   * @param localSignatureAlgorithms the names of the schemes that were enabled here
   * @param lock guards the connection, and so its exporter
   * @param forget forgets what is stored of the session on this side
   */
  record Surroundings(
      @Nullable SSLSessionContext context,
      @Nullable String peerHost,
      int peerPort,
      InstantSource clock,
      SecureRandom random,
      List<SNIServerName> requestedNames,
      List<String> localSignatureAlgorithms,
      Object lock,
      Runnable forget) {}

  private static final int ID_LENGTH = 32;

  private final ConnectionInfo info;
  private final Surroundings surroundings;
  private final long connectedAtMillis;
  private volatile @Nullable List<X509Certificate> peerCertificates;
  private byte @Nullable [] madeUpId;

  RepriseSession(ConnectionInfo info, Surroundings surroundings) {
    super(surroundings.context(), surroundings.peerHost(), surroundings.peerPort());
    this.info = info;
    this.surroundings = surroundings;
    this.connectedAtMillis = surroundings.clock().millis();
  }

  /**
   * Whether this connection resumed a session, by which mechanism and of which age; or, if its
   * handshake was a full one, why.
   */
  public ResumptionOutcome resumptionOutcome() {
    return info.outcome();
  }

  /** The time since the full handshake that this session descends from; never negative. */
  public Duration age() {
    long millis = surroundings.clock().millis() - info.authenticatedAtMillis();
    return Duration.ofMillis(Math.max(0, millis));
  }

  /** The key exchange group by its IANA name; null if TLS 1.2 resumed, which exchanges no keys. */
  public @Nullable String keyExchangeGroup() {
    return info.group() == null ? null : info.group().standardName();
  }

  /** TLS 1.2: the session ID if there is one. Else an ID made up for this connection. */
  @Override
  public byte[] getId() {
    return info.sessionId().isEmpty() ? ownId() : info.sessionId().toArray();
  }

  private synchronized byte[] ownId() {
    byte[] id = madeUpId;
    if (id == null) {
      id = new byte[ID_LENGTH];
      surroundings.random().nextBytes(id);
      madeUpId = id;
    }
    return id.clone();
  }

  @Override
  public long getCreationTime() {
    return info.createdAtMillis();
  }

  @Override
  public long getLastAccessedTime() {
    return Math.max(connectedAtMillis, info.createdAtMillis());
  }

  /** Forgets the session where it is stored on this side; a ticket given away stays valid. */
  @Override
  public void invalidate() {
    super.invalidate();
    surroundings.forget().run();
  }

  @Override
  public String getCipherSuite() {
    return info.suite().standardName();
  }

  @Override
  public String getProtocol() {
    return info.version().standardName();
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    return chain().toArray(new Certificate[0]);
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return chain().getFirst().getSubjectX500Principal();
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    Identity identity = info.localIdentity();
    return identity == null ? null : identity.certificates().toArray(new Certificate[0]);
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    Identity identity = info.localIdentity();
    return identity == null ? null : identity.certificates().getFirst().getSubjectX500Principal();
  }

  @Override
  public List<SNIServerName> getRequestedServerNames() {
    return surroundings.requestedNames();
  }

  @Override
  public String[] getLocalSupportedSignatureAlgorithms() {
    return surroundings.localSignatureAlgorithms().toArray(new String[0]);
  }

  @Override
  public String[] getPeerSupportedSignatureAlgorithms() {
    return SignatureAlgorithmNames.of(info.peerSignatureSchemes());
  }

  @Override
  public SecretKey exportKeyingMaterialKey(
      String keyAlg, String label, byte @Nullable [] context, int length) throws SSLKeyException {
    return new SecretKeySpec(exportKeyingMaterialData(label, context, length), keyAlg);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException in TLS 1.2 with a peer that has no extended master secret
   */
  @Override
  public byte[] exportKeyingMaterialData(String label, byte @Nullable [] context, int length)
      throws SSLKeyException {
    Exporter exporter = info.exporter();
    if (exporter == null) {
      // RFC 7627, Section 5.4: such a connection is not bound to its keys.
      throw new IllegalStateException("Without extended master secret there is nothing to export");
    }
    try {
      synchronized (surroundings.lock()) {
        return exporter.export(label, context, length);
      }
    } catch (TlsException e) {
      SSLKeyException failure = new SSLKeyException("The keying material cannot be exported");
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public String toString() {
    return "RepriseSession["
        + getProtocol()
        + ", "
        + getCipherSuite()
        + ", "
        + info.outcome()
        + "]";
  }

  private List<X509Certificate> chain() throws SSLPeerUnverifiedException {
    if (info.peerCertificates().isEmpty()) {
      throw new SSLPeerUnverifiedException("The peer has shown no certificate");
    }
    List<X509Certificate> chain = peerCertificates;
    if (chain == null) {
      chain = Chains.parse(info.peerCertificates());
      peerCertificates = chain;
    }
    return chain;
  }
}
