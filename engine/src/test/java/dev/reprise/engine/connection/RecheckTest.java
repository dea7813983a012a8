/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a peer that is trusted no longer is resumed with. */
final class RecheckTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);
  private final Fickle clients = new Fickle(server.trust);
  private final Fickle servers = new Fickle(client.trust);

  RecheckTest() {
    server.clientAuthentication = ClientAuthentication.NEED;
    server.trust = clients;
    client.trust = servers;
    client.showCertificate(KeyKind.ECDSA_P256);
  }

  @ParameterizedTest
  @CsvSource({"TLS12, true", "TLS12, false", "TLS13, true", "TLS13, false"})
  void aClientTrustedNoLongerGetsAFullHandshake(ProtocolVersion version, boolean tickets)
      throws TlsException {
    server.versions = List.of(version);
    server.tickets = tickets;
    server.recheckPeerOnResumption = true;
    Pair.connect(client, server).connected();
    Pair again = Pair.connect(client, server).connected();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
    assertEquals(2, clients.asked);
    clients.refuses = true;
    Pair refused = Pair.connect(client, server);
    ResumptionOutcome.Full outcome =
        assertInstanceOf(ResumptionOutcome.Full.class, refused.outcome());
    assertEquals(MissReason.CLIENT_CERTIFICATE_REFUSED, outcome.reason());
    // The full handshake judges what the client shows, and refuses it too.
    assertEquals(AlertDescription.CERTIFICATE_UNKNOWN, alertOf(refused.serverFailure));
  }

  @ParameterizedTest
  @EnumSource
  void aServerTrustedNoLongerIsToldSo(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    client.recheckPeerOnResumption = true;
    Pair.connect(client, server).connected();
    Pair again = Pair.connect(client, server).connected();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
    assertEquals(2, servers.asked);
    servers.refuses = true;
    Pair refused = Pair.connect(client, server);
    assertInstanceOf(ResumptionOutcome.Resumed.class, refused.outcome());
    assertEquals(AlertDescription.CERTIFICATE_UNKNOWN, alertOf(refused.clientFailure));
    assertFalse(refused.server.isConnected());
  }

  @ParameterizedTest
  @EnumSource
  void nobodyIsAskedAgainUnlessToldSo(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    Pair.connect(client, server).connected();
    clients.refuses = true;
    servers.refuses = true;
    Pair again = Pair.connect(client, server).connected();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
  }

  @Test
  void aClientWithoutCertificateIsNotAskedAbout() throws TlsException {
    server.clientAuthentication = ClientAuthentication.NONE;
    server.recheckPeerOnResumption = true;
    Pair.connect(client, server).connected();
    Pair again = Pair.connect(client, server).connected();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
    assertEquals(0, clients.asked);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalIsAskedForOnce(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    clients.refuses = true;
    Pair refused = Pair.connect(client, server);
    assertEquals(AlertDescription.CERTIFICATE_UNKNOWN, alertOf(refused.serverFailure));
    assertEquals(1, clients.asked);
    assertNull(refused.server.task());
  }

  private static AlertDescription alertOf(@Nullable TlsException e) {
    return Objects.requireNonNull(e, "it did not fail").alert();
  }

  /** Trusts until it is told not to. */
  private static final class Fickle implements PeerTrust {
    private final PeerTrust usual;
    private boolean refuses;
    private int asked;

    private Fickle(PeerTrust usual) {
      this.usual = usual;
    }

    @Override
    public void check(List<X509Certificate> chain, String authenticationType)
        throws CertificateException {
      asked++;
      usual.check(chain, authenticationType);
      if (refuses) {
        throw new CertificateException("Trusted no longer");
      }
    }

    @Override
    public List<Opaque> acceptedAuthorities() {
      return usual.acceptedAuthorities();
    }

    @Override
    public List<Opaque> anchors() {
      return usual.anchors();
    }
  }
}
