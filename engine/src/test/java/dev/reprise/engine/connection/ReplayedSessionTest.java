/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody has recorded a resumption and plays it again: session ID, ticket, binder and all. */
final class ReplayedSessionTest {
  /** How the session is remembered. */
  record Way(ProtocolVersion version, boolean stored) {}

  static Stream<Way> ways() {
    return Stream.of(ProtocolVersion.values())
        .flatMap(version -> Stream.of(new Way(version, false), new Way(version, true)));
  }

  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  @ParameterizedTest
  @MethodSource("ways")
  @Refuses({"A11", "A5"})
  void whoPlaysAResumptionAgainGetsNowhere(Way way) throws TlsException {
    server.versions = List.of(way.version());
    client.versions = server.versions;
    server.tickets = !way.stored();
    Pair.connect(client, server).connected();
    Pair recorded = Pair.connect(client, server).connected();
    recorded.sendFromClient(new byte[] {1, 2, 3});
    Pair replayed = new Pair(silent(), server.connection());
    replayed.toClient = _ -> new byte[0];
    replayed.giveServer(recorded.clientSent.toByteArray());
    assertEquals(
        AlertDescription.BAD_RECORD_MAC, Objects.requireNonNull(replayed.serverFailure).alert());
    assertFalse(replayed.server.isConnected());
    assertEquals(0, replayed.serverReceived.size());
    if (way.version() == ProtocolVersion.TLS12) {
      Pair honest = Pair.connect(client, server).connected();
      assertInstanceOf(ResumptionOutcome.Resumed.class, honest.outcome(), "and costs no session");
    }
  }

  /** A client that has said its hello already, to nobody. */
  private dev.reprise.engine.TlsConnection silent() throws TlsException {
    TestClient other = new TestClient(clock);
    var connection = other.connection();
    connection.write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1, ByteBuffer.allocate(1 << 15));
    return connection;
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Upholds("A11")
  void everyResumptionHasItsOwnRandomsAndBytes(Way way) throws TlsException {
    server.versions = List.of(way.version());
    client.versions = server.versions;
    server.tickets = !way.stored();
    Pair.connect(client, server).connected();
    byte[] data = new byte[64];
    Pair one = Pair.connect(client, server).connected().sendFromClient(data);
    Pair two = Pair.connect(client, server).connected().sendFromClient(data);
    byte[] first = one.clientSent.toByteArray();
    byte[] second = two.clientSent.toByteArray();
    assertNotEquals(Hellos.client(first).random(), Hellos.client(second).random());
    assertNotEquals(
        Hellos.server(one.serverSent.toByteArray()).random(),
        Hellos.server(two.serverSent.toByteArray()).random());
  }
}
