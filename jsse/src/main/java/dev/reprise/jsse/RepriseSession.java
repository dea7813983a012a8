/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.resumption.Lineage;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.schedule.Exporter;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
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
   * @param clientNames the names that a client has asked for; null on a server's side
   * @param signatureSchemes those that were enabled here
   * @param lock guards the connection, and so its exporter; null: there is no connection
   * @param forget forgets what is stored of the session on this side
   */
  record Surroundings(
      SessionContext context,
      @Nullable String peerHost,
      int peerPort,
      InstantSource clock,
      @Nullable List<SNIServerName> clientNames,
      List<SignatureScheme> signatureSchemes,
      @Nullable Object lock,
      Runnable forget) {}

  private final ConnectionInfo info;
  private final Surroundings surroundings;
  private final Lineage lineage;
  private final long connectedAtMillis;
  private volatile @Nullable Opaque id;
  private volatile @Nullable BoundValues values;
  private volatile @Nullable List<X509Certificate> peerCertificates;

  RepriseSession(ConnectionInfo info, Surroundings surroundings) {
    super(surroundings.context(), surroundings.peerHost(), surroundings.peerPort());
    this.info = info;
    this.surroundings = surroundings;
    this.lineage = lineage(info);
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

  /**
   * 32 bytes, the same after each resumption. TLS 1.2: the session ID, or with a ticket one made of
   * the session's keys, which both ends have. TLS 1.3, and TLS 1.2 with a peer that has no extended
   * master secret: made of what only this end knows; the other end has another.
   */
  @Override
  public byte[] getId() {
    return id().toArray();
  }

  /** Made when somebody asks. */
  Opaque id() {
    Opaque made = id;
    if (made == null) {
      made = info.sessionId().isEmpty() ? lineage.id() : info.sessionId();
      id = made;
    }
    return made;
  }

  static Lineage lineage(ConnectionInfo info) {
    return new Lineage(info.authenticatedAtMillis(), info.lineage());
  }

  /**
   * What an operator names a server's session by to revoke it ({@link
   * Revocations#revokeSession(String)}): 64 hexadecimal digits, the same after each resumption and
   * on each node, which tell nothing of the session. It is no secret.
   */
  public String revocationId() {
    return HexFormat.of().formatHex(lineage.id().toArray());
  }

  SessionContext context() {
    return surroundings.context();
  }

  ConnectionInfo info() {
    return info;
  }

  /** How long the policy lets it be resumed. */
  Duration authenticationLifetime(ResumptionPolicy policy) {
    return policy.authenticationLifetime(info.version());
  }

  Lineage lineage() {
    return lineage;
  }

  /** When the full handshake was, however often it was resumed since. */
  @Override
  public long getCreationTime() {
    return info.authenticatedAtMillis();
  }

  /** When this connection's handshake was. */
  @Override
  public long getLastAccessedTime() {
    // A full handshake makes its session and uses it at one moment, as JSSE's users count on.
    return info.outcome() instanceof ResumptionOutcome.Resumed
        ? Math.max(connectedAtMillis, getCreationTime())
        : getCreationTime();
  }

  /**
   * Ends the session, on this side and in this context: it is wiped from the stores, a client
   * offers none of its tickets again, and a server takes none. What others hold is out of reach:
   * another context or node with the same ticket keys still takes the ticket until it expires. The
   * connection goes on.
   */
  @Override
  public void invalidate() {
    super.invalidate();
    surroundings.context().invalidate(this);
    surroundings.forget().run();
  }

  @Override
  public boolean isValid() {
    return super.isValid() && !surroundings.context().isRevoked(this);
  }

  @Override
  @Nullable BoundValues values() {
    BoundValues bound = values;
    if (bound == null) {
      bound = surroundings.context().known().values(lineage);
      values = bound;
    }
    return bound;
  }

  @Override
  BoundValues valuesToChange() {
    BoundValues bound = values();
    if (bound == null) {
      bound = surroundings.context().known().valuesToChange(lineage);
      values = bound;
    }
    return bound;
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
    return certificates(info.localIdentity());
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return principal(info.localIdentity());
  }

  @Override
  public List<SNIServerName> getRequestedServerNames() {
    List<SNIServerName> names = surroundings.clientNames();
    return names == null ? ServerNames.list(info.serverName()) : names;
  }

  @Override
  public String[] getLocalSupportedSignatureAlgorithms() {
    return SignatureAlgorithmNames.of(surroundings.signatureSchemes());
  }

  @Override
  public String[] getPeerSupportedSignatureAlgorithms() {
    return SignatureAlgorithmNames.of(info.peerSignatureSchemes());
  }

  @Override
  public SecretKey exportKeyingMaterialKey(
      String keyAlg, String label, byte @Nullable [] context, int length) throws SSLKeyException {
    if (Objects.requireNonNull(keyAlg, "The key's algorithm may not be null").isEmpty()) {
      throw new IllegalArgumentException("The key's algorithm may not be empty");
    }
    byte[] bytes = exportKeyingMaterialData(label, context, length);
    try {
      return new SecretKeySpec(bytes, keyAlg);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException in TLS 1.2 with a peer that has no extended master secret, and if
   *     this is a session of a session context, which has no connection
   */
  @Override
  public byte[] exportKeyingMaterialData(String label, byte @Nullable [] context, int length)
      throws SSLKeyException {
    Objects.requireNonNull(label, "The label may not be null");
    Exporter exporter = info.exporter();
    Object lock = surroundings.lock();
    if (lock == null) {
      throw new IllegalStateException("Only a connection has something to export");
    }
    if (exporter == null) {
      // RFC 7627, Section 5.4: such a connection is not bound to its keys.
      throw new IllegalStateException("Without extended master secret there is nothing to export");
    }
    try {
      synchronized (lock) {
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
