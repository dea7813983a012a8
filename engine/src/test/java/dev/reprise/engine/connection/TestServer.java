/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ApplicationProtocolSelector;
import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketSealer;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server to be set up by a test: every field may be changed before a connection is made. */
final class TestServer {
  final FakeClock clock;
  CryptoProvider crypto = JcaCryptoProvider.create(SeededRandom.of(1));
  TicketFormat sealer;
  SessionStore store;
  List<ProtocolVersion> versions = Defaults.VERSIONS;
  List<CipherSuite> suites = Defaults.CIPHER_SUITES;
  List<NamedGroup> groups = List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1);
  KeyKind key = KeyKind.ECDSA_P256;
  @Nullable TestIdentity identity;
  ClientAuthentication clientAuthentication = ClientAuthentication.NONE;
  PeerTrust trust = TestTrust.of(TestCertificates.authority().root());
  List<String> protocols = List.of();
  ResumptionPolicy policy = ResumptionPolicy.DEFAULT;
  boolean tickets = true;
  boolean stateful;
  boolean remembers = true;
  String label = "";
  RevokedSessions revoked = RevokedSessions.NONE;
  boolean requireExtendedMasterSecret;
  boolean recheckPeerOnResumption;
  Duration deadline = Duration.ofSeconds(10);

  TestServer(FakeClock clock) {
    this(clock, 2);
  }

  /** With other ticket keys for another seed. */
  TestServer(FakeClock clock, long seed) {
    this.clock = clock;
    this.store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    this.sealer =
        new TicketSealer(
            new RotatingStekSource(
                clock, SeededRandom.of(seed), Duration.ofHours(6), Duration.ofHours(6)),
            SeededRandom.of(3),
            clock);
  }

  ServerConfig config() {
    Identity shown = identity(identity == null ? TestCertificates.server(key) : identity);
    return new ServerConfig(
        crypto,
        clock,
        versions,
        suites,
        true,
        groups,
        Defaults.SIGNATURE_SCHEMES,
        _ -> Pending.<@Nullable Identity>ready(shown),
        clientAuthentication,
        trust,
        ApplicationProtocolSelector.inOrder(protocols),
        resumption(),
        requireExtendedMasterSecret,
        recheckPeerOnResumption,
        deadline);
  }

  private ServerResumption resumption() {
    @Nullable TicketFormat used = tickets ? sealer : null;
    return remembers
        ? new ServerResumption(policy, store, used, stateful, label, revoked)
        : ServerResumption.off(policy);
  }

  TlsConnection connection() {
    return TlsConnection.server(config());
  }

  static Identity identity(TestIdentity identity) {
    try {
      return Identity.of(identity.key(), identity.chain());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }
}
