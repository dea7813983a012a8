/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerName;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker, a faulty store or a faulty caller tries, and what it comes to. */
final class TrustworthyTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aSessionIsRememberedInTheScopeItWasGrantedIn(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    server.clientAuthentication = ClientAuthentication.NEED;
    ReloadingTrust trust = new ReloadingTrust();
    server.trust = trust;
    client.showCertificate(KeyKind.ECDSA_P256);
    Pair.connect(client, server).connected();
    Pair held = new Pair(client.connection(), server.connection());
    // The trust anchors change between the server's flight and the client's Finished.
    held.toServer =
        bytes -> {
          trust.reloaded |= bytes.length > 0 && bytes[5] != 1;
          return bytes;
        };
    held.run().connected();
    trust.reloaded = true;
    Pair after = Pair.connect(client, server);
    assertEquals(
        new ResumptionOutcome.Full(MissReason.SCOPE_MISMATCH, keyName(after)),
        after.server.resumption());
  }

  private static @org.jspecify.annotations.Nullable String keyName(Pair pair) {
    return Objects.requireNonNull(pair.server.resumption()).keyName();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientForgetsWhatCameOnAConnectionThatFailed(boolean tickets) throws TlsException {
    for (ProtocolVersion version : ProtocolVersion.values()) {
      server.versions = List.of(version);
      server.tickets = tickets;
      TestClient fresh = new TestClient(clock);
      Pair pair = Pair.connect(fresh, server).connected();
      byte[] forged = new byte[5 + 40];
      System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, forged, 0, 5);
      assertThrows(
          TlsException.class,
          () -> pair.client.read(ByteBuffer.wrap(forged), ByteBuffer.allocate(100)));
      Pair again = Pair.connect(fresh, server).connected();
      assertEquals(
          new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null), again.clientInfo().outcome());
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aStoreThatThrowsCostsNoConnection(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    client.versions = List.of(version);
    server.tickets = false;
    Pair.connect(client, server).connected();
    server.store = new ThrowingStore();
    Pair pair = Pair.connect(client, server).connected();
    assertEquals(new ResumptionOutcome.Full(MissReason.STORE_UNAVAILABLE, null), pair.outcome());
    byte[] forged = new byte[5 + 40];
    System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, forged, 0, 5);
    pair.giveServer(forged);
    assertEquals(
        AlertDescription.BAD_RECORD_MAC, Objects.requireNonNull(pair.serverFailure).alert());
    assertEquals(
        AlertDescription.BAD_RECORD_MAC, Objects.requireNonNull(pair.clientFailure).alert());
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aClientStoreThatThrowsCostsNoConnection(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    client.sessions = new ThrowingClientStore();
    Pair.connect(client, server).connected();
    Pair.connect(client, server).connected();
  }

  @Test
  void whoHasSeenASessionIdCannotEndItsSession() throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    server.tickets = false;
    Pair.connect(client, server).connected();
    // Somebody offers the ID and then sends an alert, without the keys.
    Pair eavesdropper = new Pair(client.connection(), server.connection());
    eavesdropper.toClient = bytes -> new byte[0];
    eavesdropper.run();
    eavesdropper.giveServer(new byte[] {21, 3, 3, 0, 2, 2, 40});
    assertEquals(
        AlertDescription.HANDSHAKE_FAILURE,
        Objects.requireNonNull(eavesdropper.serverFailure).alert());
    assertInstanceOf(
        ResumptionOutcome.Resumed.class, Pair.connect(client, server).connected().outcome());
  }

  @Test
  void theRootOfTheDnsIsNoServerName() throws TlsException {
    ScriptedClient scripted = new ScriptedClient(server.connection(), NamedGroup.X25519);
    ClientHello hello =
        scripted.hello(extensions -> {
          extensions.add(new ServerName("."));
          return extensions;
        });
    TlsException failure = assertThrows(TlsException.class, () -> scripted.send(hello));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, failure.alert());
  }

  @Test
  void aTaskCompletedTwiceChangesNothing() throws TlsException {
    TlsConnection accepting = server.connection();
    ByteBuffer hello = ByteBuffer.allocate(1 << 14);
    client.connection().write(new ByteBuffer[0], 0, 0, hello);
    accepting.read(hello.flip(), ByteBuffer.allocate(0));
    Task task = Objects.requireNonNull(accepting.task());
    task.run();
    accepting.complete(task);
    accepting.complete(task);
    assertEquals(null, accepting.failure());
    assertTrue(accepting.hasPendingOutput());
  }

  @Test
  void anEndlessDeadlineIsNoDeadline() throws TlsException {
    for (Duration endless :
        List.of(Duration.ofMillis(Long.MAX_VALUE), Duration.ofDays(1_000_000))) {
      server.deadline = endless;
      Pair.connect(client, server).connected();
    }
  }

  @Test
  void askedToForgetAConnectionForgetsItsSessions() throws TlsException {
    server.stateful = true;
    Pair pair = Pair.connect(client, server).connected();
    pair.server.forgetSessions();
    Pair again = Pair.connect(client, server).connected();
    assertEquals(new ResumptionOutcome.Full(MissReason.NOT_IN_STORE, null), again.outcome());
  }

  /** Trusts everybody, but says so of one authority and then of another. */
  private static final class ReloadingTrust implements PeerTrust {
    private boolean reloaded;

    @Override
    public void check(List<X509Certificate> chain, String authenticationType) {}

    @Override
    public List<Opaque> acceptedAuthorities() {
      return List.of();
    }

    @Override
    public List<Opaque> anchors() {
      return TestTrust.of(
              reloaded
                  ? TestCertificates.otherAuthority().root()
                  : TestCertificates.authority().root())
          .anchors();
    }
  }

  private static final class ThrowingStore implements SessionStore {
    @Override
    public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
      throw new IllegalStateException("broken");
    }

    @Override
    public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      throw new IllegalStateException("broken");
    }

    @Override
    public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      throw new IllegalStateException("broken");
    }

    @Override
    public CompletionStage<Boolean> remove(Opaque id) {
      throw new IllegalStateException("broken");
    }
  }

  private static final class ThrowingClientStore implements ClientSessionStore {
    @Override
    public void put(ClientSessionKey key, ClientSession session) {
      throw new IllegalStateException("broken");
    }

    @Override
    public ClientSession take(ClientSessionKey key) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void remove(ClientSessionKey key, ClientSession session) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void removeAll(ClientSessionKey key) {
      throw new IllegalStateException("broken");
    }
  }
}
