/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CVE-2016-9244: a server echoed 32 bytes of session ID whatever the client had sent, and with them
 * up to 31 bytes of its memory.
 */
final class TicketbleedTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  static Stream<Opaque> sessionIds() {
    return IntStream.rangeClosed(0, 32).mapToObj(TicketbleedTest::sessionId);
  }

  private static Opaque sessionId(int length) {
    byte[] id = new byte[length];
    for (int i = 0; i < length; i++) {
      id[i] = (byte) (0xa0 + i);
    }
    return Opaque.takeOver(id);
  }

  @ParameterizedTest
  @MethodSource("sessionIds")
  @Upholds({"A1", "B11"})
  @Refuses("B11")
  void theIdBesideATicketComesBackByteForByte(Opaque id) throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    Pair.connect(client, server).connected();
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toServer = Hellos.ofClient(hello -> Hellos.withSessionId(hello, id));
    pair.run();
    assertInstanceOf(ResumptionOutcome.Resumed.class, pair.outcome());
    assertEquals(id, Hellos.server(pair.serverSent.toByteArray()).sessionId());
  }

  @ParameterizedTest
  @MethodSource("sessionIds")
  @Upholds("E24")
  void theIdOfTls13ComesBackByteForByte(Opaque id) throws TlsException {
    for (List<NamedGroup> groups :
        List.of(List.of(NamedGroup.X25519), List.of(NamedGroup.SECP256R1))) {
      server.groups = groups;
      ScriptedClient scripted = new ScriptedClient(server.connection(), NamedGroup.X25519);
      scripted.send(Hellos.withSessionId(scripted.hello(UnaryOperator.identity()), id));
      if (groups.contains(NamedGroup.SECP256R1)) {
        ServerHello request = scripted.retryRequest();
        assertEquals(id, request.sessionId());
        scripted.useGroup(NamedGroup.SECP256R1);
        scripted.send(Hellos.withSessionId(scripted.hello(UnaryOperator.identity()), id));
      }
      assertEquals(id, scripted.finish().sessionId());
    }
  }

  @ParameterizedTest
  @EnumSource
  @Refuses("E24")
  void aClientOfTls13TakesNoOtherId(Changed changed) throws TlsException {
    server.groups = List.of(changed.retried ? NamedGroup.SECP384R1 : NamedGroup.X25519);
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toClient =
        Hellos.ofServer(hello -> Hellos.withSessionId(hello, sessionId(changed.length)));
    pair.run();
    assertEquals(
        AlertDescription.ILLEGAL_PARAMETER, Objects.requireNonNull(pair.clientFailure).alert());
  }

  /** What is put in the place of the ID. */
  enum Changed {
    LONG(32, false),
    SHORT(31, false),
    EMPTY(0, false),
    LONG_IN_RETRY(32, true),
    EMPTY_IN_RETRY(0, true);

    private final int length;
    private final boolean retried;

    Changed(int length, boolean retried) {
      this.length = length;
      this.retried = retried;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 34, 64, 255})
  @Refuses({"A1", "B11"})
  void aLongerIdIsADecodeError(int length) throws TlsException {
    for (ProtocolVersion version : ProtocolVersion.values()) {
      server.versions = List.of(version);
      Pair pair = new Pair(client.connection(), server.connection());
      pair.toServer = flight -> withLongId(flight, length);
      pair.run();
      assertEquals(
          AlertDescription.DECODE_ERROR, Objects.requireNonNull(pair.serverFailure).alert());
    }
  }

  /** A hello that {@link ClientHello} itself would not write. */
  private static byte[] withLongId(byte[] flight, int length) {
    if (!Hellos.beginsWith(flight, HandshakeType.CLIENT_HELLO)) {
      return flight;
    }
    int at = 5 + 4 + 2 + 32;
    int more = length - flight[at];
    byte[] id = sessionId(length).toArray();
    byte[] head = java.util.Arrays.copyOf(flight, at);
    byte[] tail = java.util.Arrays.copyOfRange(flight, at + 1 + flight[at], flight.length);
    byte[] whole = Pair.join(Pair.join(head, new byte[] {(byte) length}), Pair.join(id, tail));
    var lengths = java.nio.ByteBuffer.wrap(whole);
    lengths.putShort(3, (short) (lengths.getShort(3) + more));
    lengths.putShort(7, (short) (lengths.getShort(7) + more));
    return whole;
  }
}
