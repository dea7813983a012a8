/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HelloRequest;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Tls12ConnectedTest {
  private static final HandshakeMessage HELLO =
      new ClientHello(
          0x0303,
          Opaque.takeOver(new byte[32]),
          Opaque.EMPTY,
          Uint16List.of(0xc02b),
          Opaque.copyOf((byte) 0),
          Extensions.NONE);

  @Test
  @Upholds("D3")
  void aClientIgnoresTheFirstHelloRequest() throws TlsException {
    Tls12Connected client = new Tls12Connected(false);
    assertSame(client, client.handle(new HelloRequest(), Opaque.EMPTY));
  }

  @Test
  @Refuses("D3")
  void aClientTakesNoFloodOfHelloRequests() throws TlsException {
    Tls12Connected client = new Tls12Connected(false);
    client.handle(new HelloRequest(), Opaque.EMPTY);
    refuses(client, new HelloRequest());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Refuses("D3")
  void nobodyRenegotiates(boolean server) {
    refuses(new Tls12Connected(server), HELLO);
    if (server) {
      refuses(new Tls12Connected(true), new HelloRequest());
    }
  }

  private static void refuses(Tls12Connected side, HandshakeMessage message) {
    TlsException failure =
        assertThrows(TlsException.class, () -> side.handle(message, Opaque.EMPTY));
    assertEquals(AlertDescription.NO_RENEGOTIATION, failure.alert());
  }
}
