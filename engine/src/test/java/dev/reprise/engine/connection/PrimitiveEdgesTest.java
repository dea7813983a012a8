/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.Library;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A peer who is wrong in one primitive, and the alert that this ends in, whichever library is
 * asked: RFC 8446, Sections 4.2.8.2, 4.4.3 and 7.4; RFC 8422, Sections 5.7 and 5.11 for TLS 1.2.
 * Other records than these are {@code RecordSizeTest}'s.
 */
@ParameterizedClass
@EnumSource(Library.class)
final class PrimitiveEdgesTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);
  private final CryptoProvider crypto;
  private final CryptoProvider peer;

  PrimitiveEdgesTest(Library library) {
    crypto = library.crypto();
    peer = Library.JDK.crypto();
  }

  @ParameterizedTest
  @EnumSource
  void aServerRefusesSuchSharesInTls13(BadShare share) throws TlsException {
    serve(share.group, ProtocolVersion.TLS13);
    client.crypto = LyingCrypto.sharing(peer, share.group, share::of);
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, run().serverFailure);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HYBRID_OUT_OF_RANGE")
  void aClientRefusesSuchSharesInTls13(BadShare share) throws TlsException {
    ask(share.group, ProtocolVersion.TLS13);
    server.crypto = LyingCrypto.sharing(peer, share.group, share::of);
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, run().clientFailure);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "HYBRID_.*")
  void aServerRefusesSuchSharesInTls12(BadShare share) throws TlsException {
    serve(share.group, ProtocolVersion.TLS12);
    client.crypto = LyingCrypto.sharing(peer, share.group, share::of);
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, run().serverFailure);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "HYBRID_.*")
  void aClientRefusesSuchSharesInTls12(BadShare share) throws TlsException {
    ask(share.group, ProtocolVersion.TLS12);
    server.crypto = LyingCrypto.sharing(peer, share.group, share::of);
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, run().clientFailure);
  }

  @ParameterizedTest
  @EnumSource
  void aClientRefusesSuchSignaturesInTls13(BadSignature signature) throws TlsException {
    ask(NamedGroup.X25519, ProtocolVersion.TLS13);
    server.key = signature.key;
    server.crypto = LyingCrypto.signing(peer, signature);
    assertAlert(AlertDescription.DECRYPT_ERROR, run().clientFailure);
  }

  @ParameterizedTest
  @EnumSource
  void aClientRefusesSuchSignaturesInTls12(BadSignature signature) throws TlsException {
    ask(NamedGroup.X25519, ProtocolVersion.TLS12);
    server.key = signature.key;
    server.crypto = LyingCrypto.signing(peer, signature);
    assertAlert(AlertDescription.DECRYPT_ERROR, run().clientFailure);
  }

  @ParameterizedTest
  @EnumSource
  void aServerRefusesSuchSignaturesInTls13(BadSignature signature) throws TlsException {
    requireSigned(signature, ProtocolVersion.TLS13);
    assertAlert(AlertDescription.DECRYPT_ERROR, run().serverFailure);
  }

  @ParameterizedTest
  @EnumSource
  void aServerRefusesSuchSignaturesInTls12(BadSignature signature) throws TlsException {
    requireSigned(signature, ProtocolVersion.TLS12);
    assertAlert(AlertDescription.DECRYPT_ERROR, run().serverFailure);
  }

  /** Without a lie each of these handshakes works: it is the lie that is refused. */
  @Test
  void anHonestPeerIsServed() throws TlsException {
    for (ProtocolVersion version : ProtocolVersion.values()) {
      for (NamedGroup group : NamedGroup.values()) {
        if (version == ProtocolVersion.TLS13 || group.usableInTls12()) {
          serve(group, version);
          client.crypto = LyingCrypto.sharing(peer, group, share -> share);
          run().connected();
          ask(group, version);
          server.crypto = LyingCrypto.sharing(peer, group, share -> share);
          run().connected();
        }
      }
    }
  }

  private void serve(NamedGroup group, ProtocolVersion version) {
    agree(group, version);
    server.crypto = crypto;
  }

  private void ask(NamedGroup group, ProtocolVersion version) {
    agree(group, version);
    client.crypto = crypto;
  }

  private void requireSigned(BadSignature signature, ProtocolVersion version) {
    serve(NamedGroup.X25519, version);
    server.clientAuthentication = ClientAuthentication.NEED;
    client.showCertificate(signature.key);
    client.crypto = LyingCrypto.signing(peer, signature);
  }

  private void agree(NamedGroup group, ProtocolVersion version) {
    server.versions = List.of(version);
    server.groups = List.of(group);
    // RFC 8422, Section 5.1.1: in TLS 1.2 a client's groups are its curves for certificates, too.
    client.groups =
        group == NamedGroup.SECP256R1 ? List.of(group) : List.of(group, NamedGroup.SECP256R1);
    server.remembers = false;
    client.remembers = false;
  }

  private Pair run() throws TlsException {
    return Pair.connect(client, server);
  }

  private static void assertAlert(AlertDescription alert, @Nullable TlsException failure) {
    assertNotNull(failure, "nothing was refused");
    assertEquals(alert, failure.alert(), failure.getMessage());
    assertNull(failure.getCause() instanceof RuntimeException e ? e : null);
  }
}
