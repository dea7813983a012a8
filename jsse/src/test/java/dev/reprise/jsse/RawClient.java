/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.TestIdentity;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * A client without manners: it offers whatever session it is told to under whatever name, spelled
 * as it likes, and trusts everybody. What it meets is a real engine of JSSE.
 */
final class RawClient implements ClientSessionStore {
  private static final CryptoProvider CRYPTO = JcaCryptoProvider.create(new SecureRandom());

  private final InstantSource clock;
  private final ProtocolVersion version;
  private final @Nullable String serverName;
  private final List<TestIdentity> identities;
  private @Nullable ClientSession offer;
  private @Nullable ClientSession received;

  RawClient(
      InstantSource clock,
      ProtocolVersion version,
      @Nullable String serverName,
      List<TestIdentity> identities) {
    this.clock = clock;
    this.version = version;
    this.serverName = serverName;
    this.identities = identities;
  }

  RawClient offering(ClientSession session) {
    offer = session;
    return this;
  }

  /** Shakes hands and reads what comes after that; returns the last session it was given. */
  @Nullable ClientSession connect(SSLEngine server) throws Exception {
    TlsConnection client = TlsConnection.client(config());
    ByteBuffer toServer = ByteBuffer.allocate(1 << 16).flip();
    ByteBuffer toClient = ByteBuffer.allocate(1 << 16).flip();
    server.beginHandshake();
    boolean moved = true;
    while (moved) {
      moved = write(client, toServer);
      moved |= step(server, toServer, toClient);
      moved |= read(client, toClient);
    }
    if (!client.isConnected() || server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      throw new AssertionError("Not connected", client.failure());
    }
    return received;
  }

  private static boolean write(TlsConnection client, ByteBuffer out) throws Exception {
    if (!client.hasPendingOutput()) {
      return false;
    }
    out.compact();
    int count = client.write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1, out);
    out.flip();
    return count > 0;
  }

  private static boolean read(TlsConnection client, ByteBuffer in) throws Exception {
    boolean moved = false;
    while (client.recordLength(in) > 0 && in.remaining() >= client.recordLength(in)) {
      int _ = client.read(in, ByteBuffer.allocate(1 << 15));
      for (Task task = client.task(); task != null; task = client.task()) {
        task.run();
        client.complete(task);
      }
      moved = true;
    }
    return moved;
  }

  private static boolean step(SSLEngine server, ByteBuffer in, ByteBuffer out) throws Exception {
    boolean moved = false;
    for (; ; ) {
      HandshakeStatus status = server.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        server.getDelegatedTask().run();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        out.compact();
        server.wrap(ByteBuffer.allocate(0), out);
        out.flip();
      } else if (server.unwrap(in, ByteBuffer.allocate(1 << 15)).bytesConsumed() == 0) {
        return moved;
      }
      moved = true;
    }
  }

  private ClientConfig config() {
    return new ClientConfig(
        CRYPTO,
        clock,
        List.of(version),
        Defaults.CIPHER_SUITES,
        List.of(NamedGroup.X25519, NamedGroup.SECP256R1),
        1,
        Defaults.SIGNATURE_SCHEMES,
        shown(),
        new Anybody(),
        serverName,
        List.of(),
        ResumptionPolicy.DEFAULT,
        this,
        new ClientSessionKey("any.example", 443, ""),
        null,
        false,
        Duration.ofSeconds(60));
  }

  /** The certificate of an authority that the server accepts. */
  private Identities shown() {
    return request -> {
      for (TestIdentity identity : identities) {
        Opaque issuer =
            Opaque.takeOver(identity.certificate().getIssuerX500Principal().getEncoded());
        if (request.authorities().contains(issuer)) {
          return Pending.<@Nullable Identity>ready(identity(identity));
        }
      }
      return Pending.<@Nullable Identity>ready(null);
    };
  }

  private static Identity identity(TestIdentity identity) {
    try {
      return Identity.of(identity.key(), identity.chain());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void put(ClientSessionKey key, ClientSession session) {
    received = session;
  }

  /** Says of any session that it is for the name asked for. */
  @Override
  public @Nullable ClientSession take(ClientSessionKey key) {
    if (offer == null) {
      return null;
    }
    Session s = offer.session();
    Session renamed =
        new Session(
            s.version(),
            s.suite(),
            s.secret().copy(),
            s.extendedMasterSecret(),
            s.createdAtMillis(),
            s.authenticatedAtMillis(),
            s.lineage(),
            s.expiresAtMillis(),
            s.ticketAgeAdd(),
            s.scope(),
            serverName,
            s.applicationProtocol(),
            s.peerCertificates());
    return new ClientSession(renamed, offer.ticket(), offer.sessionId(), offer.receivedAtMillis());
  }

  @Override
  public void remove(ClientSessionKey key, ClientSession session) {}

  @Override
  public void removeAll(ClientSessionKey key) {}

  private record Anybody() implements PeerTrust {
    @Override
    public void check(List<X509Certificate> chain, String authenticationType) {}

    @Override
    public List<Opaque> acceptedAuthorities() {
      return List.of();
    }

    @Override
    public List<Opaque> anchors() {
      return List.of();
    }
  }
}
