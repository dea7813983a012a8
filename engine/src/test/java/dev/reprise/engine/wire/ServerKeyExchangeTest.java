/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.WireBytes.counting;
import static dev.reprise.engine.wire.WireBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

final class ServerKeyExchangeTest {
  @Test
  void signsTheParametersExactlyAsTheyCame() throws Exception {
    Opaque params = hex("03 0017 41" + counting(4, 65));
    ServerKeyExchange message =
        assertInstanceOf(
            ServerKeyExchange.class,
            WireBytes.read(
                HandshakeType.SERVER_KEY_EXCHANGE,
                Dialect.TLS12,
                WireBytes.join(params, hex("0403 0003 aabbcc"))));

    assertEquals(params, message.params());
  }

  @Test
  void hasParametersWithAPublicKeyOf255Bytes() {
    ServerKeyExchange message = new ServerKeyExchange(0x1d, counting(0, 255), 0x0804, Opaque.EMPTY);

    assertEquals(hex("03 001d ff" + counting(0, 255)), message.params());
  }
}
