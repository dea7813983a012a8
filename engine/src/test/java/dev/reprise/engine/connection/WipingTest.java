/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.crypto.Hmac;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever a connection ends, no secret that it ever held is left, except those that a client keeps
 * to resume from.
 */
final class WipingTest {
  private static final int MOST_STEPS = 100;

  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);
  private int seen;

  /** How it is resumed, if it is. */
  enum Kind {
    FULL,
    TICKET,
    STORE,
    LATE_STORE
  }

  static Stream<Arguments> handshakes() {
    List<Arguments> all = new ArrayList<>();
    for (ProtocolVersion version : ProtocolVersion.values()) {
      for (Kind kind : Kind.values()) {
        for (boolean special : new boolean[] {false, true}) {
          all.add(Arguments.of(version, kind, special));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void leavesNoSecretWhereverItFails(ProtocolVersion version, Kind kind, boolean special)
      throws TlsException {
    setUp(version, kind, special);
    int points = 0;
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      if (kind != Kind.FULL) {
        Pair.connect(client, server).connected();
      }
      Steps run = new Steps(client.connection(), server.connection());
      boolean more = run.take(steps);
      run.fail();
      run.assertWiped();
      points++;
      if (!more) {
        break;
      }
    }
    assertTrue(seen > points, "secrets: " + seen);
    assertTrue(points > 5 && points < MOST_STEPS, "points: " + points);
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void leavesNoSecretWhenItCloses(ProtocolVersion version, Kind kind, boolean special)
      throws TlsException {
    setUp(version, kind, special);
    if (kind != Kind.FULL) {
      Pair.connect(client, server).connected();
    }
    Steps run = new Steps(client.connection(), server.connection());
    run.take(MOST_STEPS);
    assertTrue(run.client.isConnected() && run.server.isConnected());
    run.client.closeOutbound();
    run.take(MOST_STEPS);
    run.server.closeOutbound();
    run.take(MOST_STEPS);
    run.assertWiped();
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void goesNoFurtherWhenATaskComesBackAfterItHasClosed(
      ProtocolVersion version, Kind kind, boolean special) throws TlsException {
    setUp(version, kind, special);
    int tasks = 0;
    boolean more = true;
    for (int steps = 0; more && steps < MOST_STEPS; steps++) {
      if (kind != Kind.FULL) {
        Pair.connect(client, server).connected();
      }
      Steps run = new Steps(client.connection(), server.connection());
      more = run.take(steps);
      tasks += run.closeWhileWaiting() ? 1 : 0;
    }
    assertTrue(tasks > 0 || kind != Kind.FULL, "no task was ever waited for");
  }

  /**
   * {@code special}: TLS 1.3 after a HelloRetryRequest; and the client shows a certificate, whose
   * trust is asked for again on resumption.
   */
  private void setUp(ProtocolVersion version, Kind kind, boolean special) {
    server.versions = List.of(version);
    server.stateful = kind == Kind.STORE || kind == Kind.LATE_STORE;
    server.tickets = !server.stateful;
    if (kind == Kind.LATE_STORE) {
      server.store = new LateStore(server.store);
    }
    if (special) {
      server.groups = List.of(NamedGroup.SECP384R1);
      server.clientAuthentication = ClientAuthentication.NEED;
      server.recheckPeerOnResumption = true;
      client.showCertificate(KeyKind.ECDSA_P256);
    }
  }

  /** Both sides, one record or task at a time; remembers every secret that was ever there. */
  private final class Steps {
    final TlsConnection client;
    final TlsConnection server;
    private final Set<Secret> secrets = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17).flip();
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17).flip();
    private int left;
    private @Nullable Task waiting;
    private @Nullable TlsConnection waits;

    Steps(TlsConnection client, TlsConnection server) {
      this.client = client;
      this.server = server;
      look();
    }

    /** Whether there were more than {@code steps} to take. */
    boolean take(int steps) throws TlsException {
      left = steps;
      boolean moved = true;
      while (moved && left >= 0) {
        moved = move(client, toServer, toClient);
        moved |= move(server, toClient, toServer);
      }
      return left < 0;
    }

    private boolean move(TlsConnection side, ByteBuffer out, ByteBuffer in) throws TlsException {
      boolean moved = false;
      Task task = side.task();
      if (task != null && step()) {
        task.run();
        side.complete(task);
        look();
        moved = true;
      } else if (task != null) {
        waiting = task;
        waits = side;
      }
      while (side.hasPendingOutput()) {
        out.compact();
        int written = side.write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1, out);
        out.flip();
        moved |= written > 0;
      }
      int length = side.needs() == TlsConnection.Needs.TASK ? -1 : side.recordLength(in);
      if (length > 0 && in.remaining() >= length && step()) {
        assertEquals(0, side.read(in, ByteBuffer.allocate(1 << 15)));
        look();
        moved = true;
      }
      return moved;
    }

    private boolean step() {
      return --left >= 0;
    }

    private void look() {
      secrets.addAll(Reachable.from(Secret.class, client, server));
    }

    /** Once the alert is on its way, its key has nothing left to protect. */
    private static void drain(TlsConnection side) throws TlsException {
      ByteBuffer out = ByteBuffer.allocate(1 << 17);
      while (side.hasPendingOutput()) {
        assertTrue(side.write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1, out) > 0);
      }
    }

    void fail() throws TlsException {
      TlsException reason =
          TlsException.incompatible(
              dev.reprise.engine.wire.AlertDescription.INTERNAL_ERROR, "The test has seen enough");
      assertSame(reason, server.abort(reason));
      assertNotNull(client.truncated());
      drain(server);
      drain(client);
      Task task = client.task();
      assertTrue(task == null, "a task after the end");
    }

    /** As an application does that closes its socket; whether a task was waited for. */
    boolean closeWhileWaiting() throws TlsException {
      Task task = waiting;
      TlsConnection side = waits;
      if (task == null || side == null) {
        return false;
      }
      side.closeOutbound();
      drain(side);
      side.abandonInbound();
      task.run();
      side.complete(task);
      assertEquals(TlsConnection.Needs.NOTHING, side.needs());
      assertNull(side.task());
      Set<Secret> left = Reachable.from(Secret.class, side);
      left.removeAll(Reachable.from(Secret.class, WipingTest.this.client.sessions));
      assertEquals(List.of(), left.stream().filter(secret -> !secret.isClosed()).toList());
      return true;
    }

    void assertWiped() {
      seen += secrets.size();
      secrets.removeAll(Reachable.from(Secret.class, WipingTest.this.client.sessions));
      assertEquals(List.of(), secrets.stream().filter(secret -> !secret.isClosed()).toList());
      for (Hmac mac : Reachable.from(Hmac.class, client, server)) {
        assertTrue(!mac.holdsKey(), "a Mac still holds a key");
      }
    }
  }
}
