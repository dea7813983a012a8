/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.TestCertificates;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client to be set up by a test: every field may be changed before a connection is made. */
final class TestClient {
  final FakeClock clock;
  CryptoProvider crypto = JcaCryptoProvider.create(SeededRandom.of(4));
  ClientSessionStore sessions;
  List<ProtocolVersion> versions = Defaults.VERSIONS;
  List<CipherSuite> suites = Defaults.CIPHER_SUITES;
  List<NamedGroup> groups = List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1);
  int keyShares = 1;
  Identities identities = Identities.NONE;
  PeerTrust trust = TestTrust.of(TestCertificates.authority().root());
  String host = "server.example";
  @Nullable String serverName = TestCertificates.SERVER_NAME;
  List<String> protocols = List.of();
  boolean recheckPeerOnResumption;
  boolean remembers = true;
  ResumptionPolicy policy = ResumptionPolicy.DEFAULT;
  @Nullable TicketRequest ticketRequest;

  TestClient(FakeClock clock) {
    this.clock = clock;
    this.sessions = new MemoryClientSessionStore(clock);
  }

  void showCertificate(KeyKind kind) {
    Identity identity = TestServer.identity(TestCertificates.client(kind));
    identities = _ -> Pending.<@Nullable Identity>ready(identity);
  }

  ClientConfig config() {
    return new ClientConfig(
        crypto,
        clock,
        versions,
        suites,
        groups,
        keyShares,
        Defaults.SIGNATURE_SCHEMES,
        identities,
        trust,
        serverName,
        protocols,
        policy,
        remembers ? sessions : null,
        key(),
        ticketRequest,
        recheckPeerOnResumption,
        Duration.ofSeconds(10));
  }

  ClientSessionKey key() {
    return new ClientSessionKey(host, 443, "");
  }

  TlsConnection connection() throws TlsException {
    return TlsConnection.client(config());
  }
}
