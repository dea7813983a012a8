/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** New keys within a connection: RFC 8446, Section 4.6.3. */
class KeyUpdateTest {
  static Stream<Arguments> endsAndSides() {
    return Stream.of(Ends.values())
        .flatMap(ends -> Stream.of(Side.values()).map(side -> Arguments.of(ends, side)));
  }

  private static void assertMovesData(EnginePair pair) throws Exception {
    byte[] data = {1, 2, 3};
    assertArrayEquals(data, pair.send(Side.CLIENT, data));
    assertArrayEquals(data, pair.send(Side.SERVER, data));
  }

  @ParameterizedTest
  @MethodSource("endsAndSides")
  void goesOnUnderNewKeys(Ends ends, Side side) throws Exception {
    EnginePair pair = new Case(ends, Contexts.TLS13).pair().handshake();
    assertMovesData(pair);
    for (int i = 0; i < 5; i++) {
      // Asks the JDK's engine for an update as well, which it wants answered.
      (side == Side.CLIENT ? pair.client() : pair.server()).beginHandshake();
      pair.settle();
      assertMovesData(pair);
    }
    pair.close(side);
  }

  @Test
  void sendsTheUpdateBeforeWhatComesAfterIt() throws Exception {
    Duplex duplex = new Duplex(new Case(Ends.BOTH_OURS, Contexts.TLS13).pair()).handshake();
    duplex.engine(Side.CLIENT).beginHandshake();
    assertEquals(HandshakeStatus.NEED_WRAP, duplex.engine(Side.CLIENT).getHandshakeStatus());
    SSLEngineResult both = duplex.wrap(Side.CLIENT, ByteBuffer.wrap(new byte[10]));
    assertEquals(10, both.bytesConsumed());
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, both.getHandshakeStatus());
    ByteBuffer out = ByteBuffer.allocate(1000);
    assertEquals(0, duplex.unwrap(Side.SERVER, out).bytesProduced());
    assertEquals(10, duplex.unwrap(Side.SERVER, out).bytesProduced());
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void doesNotUpdateAClosedConnection(Side side) throws Exception {
    EnginePair pair = new Case(Ends.BOTH_OURS, Contexts.TLS13).pair().handshake();
    pair.client().closeOutbound();
    assertThrows(SSLException.class, () -> pair.client().beginHandshake());
    pair.close(side);
    assertThrows(SSLException.class, () -> pair.server().beginHandshake());
  }
}
