/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.TestCertificates;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which certificates are shown, and which are taken. */
final class CertificateRulesTest {
  /** The header of a CertificateRequest and the number of its types, which are two. */
  private static final String TYPES = "(0d[0-9a-f]{6})02(?:4001|0140)";

  /** The whole message, which goes in clear in TLS 1.2. */
  private static final String EMPTY_CERTIFICATE = "0b000003000000";

  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  @ParameterizedTest
  @EnumSource
  void refusesAKeyThatIsNotForSigning(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    server.identity =
        TestCertificates.authority()
            .issue(
                new LeafRequest(
                    KeyKind.RSA_2048,
                    LeafRequest.Usage.ENCIPHERING_SERVER,
                    List.of(TestCertificates.SERVER_NAME),
                    LeafRequest.NOT_BEFORE,
                    LeafRequest.NOT_AFTER));
    Pair pair = Pair.connect(client, server);
    assertEquals(
        AlertDescription.CERTIFICATE_UNKNOWN,
        Objects.requireNonNull(pair.clientFailure, "it did not fail").alert());
  }

  @ParameterizedTest
  @EnumSource
  void takesNoLongerChainThanTheTrustAllows(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    client.trust = new BoundedTrust(client.trust, 1);
    Pair.connect(client, server).connected();
    client.sessions.removeAll(client.key());
    client.trust = new BoundedTrust(client.trust, 0);
    Pair pair = Pair.connect(client, server);
    assertEquals(
        AlertDescription.BAD_CERTIFICATE,
        Objects.requireNonNull(pair.clientFailure, "it did not fail").alert());
  }

  private record BoundedTrust(PeerTrust trust, int longestChain) implements PeerTrust {
    @Override
    public void check(List<X509Certificate> chain, String authenticationType)
        throws CertificateException {
      trust.check(chain, authenticationType);
    }

    @Override
    public List<Opaque> acceptedAuthorities() {
      return trust.acceptedAuthorities();
    }

    @Override
    public List<Opaque> anchors() {
      return trust.anchors();
    }
  }

  @Test
  void showsNoCertificateOnACurveThatATls12ClientDoesNotSupport() throws TlsException {
    server.key = KeyKind.ECDSA_P384;
    server.versions = List.of(ProtocolVersion.TLS12);
    client.groups = List.of(NamedGroup.X25519, NamedGroup.SECP256R1);
    Pair pair = Pair.connect(client, server);
    assertEquals(
        AlertDescription.HANDSHAKE_FAILURE,
        Objects.requireNonNull(pair.serverFailure, "it did not fail").alert());
    client.groups = List.of(NamedGroup.X25519, NamedGroup.SECP384R1);
    Pair.connect(client, server).connected();
  }

  @Test
  void takesNoCertificateOnACurveThatItDoesNotSupport() throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    server.key = KeyKind.ECDSA_P384;
    client.groups = List.of(NamedGroup.X25519, NamedGroup.SECP256R1);
    Pair pair = new Pair(client.connection(), server.connection());
    // The server is told that secp384r1 is supported in place of secp256r1.
    pair.toServer =
        bytes ->
            HexFormat.of()
                .parseHex(
                    HexFormat.of()
                        .formatHex(bytes)
                        .replace("00060004001d0017", "00060004001d0018"));
    pair.run();
    assertEquals(
        AlertDescription.ILLEGAL_PARAMETER,
        Objects.requireNonNull(pair.clientFailure, "it did not fail").alert());
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatTheServerCanVerify(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    server.clientAuthentication = ClientAuthentication.WANT;
    client.showCertificate(KeyKind.ECDSA_P256);
    Pair pair = Pair.connect(client, server).connected();
    Uint16List told = pair.clientInfo().peerSignatureSchemes();
    for (SignatureScheme scheme : Defaults.SIGNATURE_SCHEMES) {
      boolean pastTls12 = scheme.name().startsWith("RSA_PKCS1") && version != ProtocolVersion.TLS12;
      assertTrue(told.contains(scheme.code()) || pastTls12, scheme + " in " + version);
    }
  }

  @Test
  void showsNoCertificateOfATypeThatIsNotAskedFor() throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    server.clientAuthentication = ClientAuthentication.WANT;
    client.showCertificate(KeyKind.ECDSA_P256);
    Pair pair = new Pair(client.connection(), server.connection());
    // CertificateRequest: its two types, ecdsa_sign and rsa_sign, become rsa_sign alone.
    pair.toClient =
        bytes ->
            HexFormat.of()
                .parseHex(HexFormat.of().formatHex(bytes).replaceFirst(TYPES, "$1020101"));
    pair.run();
    String sent = HexFormat.of().formatHex(pair.clientSent.toByteArray());
    assertTrue(sent.contains(EMPTY_CERTIFICATE), "the client shows an empty list");
  }
}
