/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.wire.AlertDescription;
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

  /** It cannot go on, and does not say so either. */
  private static void assertEndsInSilence(TlsConnection side, byte[] flight) {
    TlsException failure =
        assertThrows(
            TlsException.class,
            () -> {
              answer(side, flight);
              side.recordLength(ByteBuffer.allocate(0));
            });
    assertEquals(AlertDescription.HANDSHAKE_FAILURE, failure.alert());
    assertEquals(0, Pair.drain(side).length);
  }

  @ParameterizedTest
  @EnumSource
  void saysNothingMoreAsAClient(ProtocolVersion version) throws TlsException {
    servers.versions = List.of(version);
    TlsConnection client = clients.connection();
    TlsConnection server = servers.connection();
    byte[] flight = answer(server, Pair.drain(client));
    close(client);
    assertEndsInSilence(client, flight);
  }

  @ParameterizedTest
  @EnumSource
  void saysNothingMoreAsAServer(ProtocolVersion version) throws TlsException {
    servers.versions = List.of(version);
    TlsConnection client = clients.connection();
    TlsConnection server = servers.connection();
    byte[] finished = answer(client, answer(server, Pair.drain(client)));
    close(server);
    switch (version) {
      case TLS12 -> assertEndsInSilence(server, finished);
      case TLS13 -> {
        // Its last word was said before: all that is left to send are tickets.
        assertEquals(0, answer(server, finished).length);
        assertTrue(server.isConnected());
        assertNull(server.failure());
      }
    }
  }
}
