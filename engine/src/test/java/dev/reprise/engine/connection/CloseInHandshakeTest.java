/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A side that closes within the handshake. RFC 8446, Section 6.1, of close_notify: "This alert
 * notifies the recipient that the sender will not send any more messages on this connection."
 */
final class CloseInHandshakeTest {
  private final TestServer servers = new TestServer(FakeClock.create());
  private final TestClient clients = new TestClient(servers.clock);

  /** Reads a flight and does what it then has to do. */
  private static byte[] answer(TlsConnection side, byte[] flight) throws TlsException {
    Pair.give(side, ByteBuffer.wrap(flight));
    return Pair.drain(side);
  }

  private static void close(TlsConnection side) {
    side.closeOutbound();
    assertTrue(Pair.drain(side).length > 0);
  }

  private static void assertSilent(TlsConnection side, byte[] flight) throws TlsException {
    assertEquals(0, answer(side, flight).length);
    assertNull(side.failure());
  }

  @ParameterizedTest
  @EnumSource
  void saysNothingMoreAsAClient(ProtocolVersion version) throws TlsException {
    servers.versions = List.of(version);
    TlsConnection client = clients.connection();
    TlsConnection server = servers.connection();
    byte[] flight = answer(server, Pair.drain(client));
    close(client);
    assertSilent(client, flight);
  }

  @ParameterizedTest
  @EnumSource
  void saysNothingMoreAsAServer(ProtocolVersion version) throws TlsException {
    servers.versions = List.of(version);
    TlsConnection client = clients.connection();
    TlsConnection server = servers.connection();
    byte[] finished = answer(client, answer(server, Pair.drain(client)));
    close(server);
    assertSilent(server, finished);
  }
}
