/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.AlertDescription.DECODE_ERROR;
import static dev.reprise.engine.wire.WireBytes.ascii;
import static dev.reprise.engine.wire.WireBytes.assertRefused;
import static dev.reprise.engine.wire.WireBytes.bodyOf;
import static dev.reprise.engine.wire.WireBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerNameTest {
  private static ServerName read(Opaque body) throws TlsException {
    TlsReader in = TlsReader.of(body);
    ServerName name = ServerName.read(in);
    in.end("server_name");
    return name;
  }

  private static Opaque listOf(Opaque hostName) {
    TlsWriter out = new TlsWriter();
    int list = out.open(2);
    out.uint8(0).opaque16(hostName);
    out.close(list, 2);
    return out.toOpaque();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "example.com", "Example.COM.", "xn--bcher-kva.example", "a_b.c", "192.0.2.1"})
  void keepsAHostNameAsItWasWritten(String name) throws Exception {
    assertEquals(new ServerName(name), read(listOf(ascii(name))));
    assertEquals(listOf(ascii(name)), bodyOf(new ServerName(name)));
  }

  @Test
  void readsAHostNameOf255Bytes() throws Exception {
    String name = "a".repeat(255);

    assertEquals(new ServerName(name), read(listOf(ascii(name))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256, 1000, 16_000})
  void refusesAHostNameOfALengthThatNoNameHas(int length) {
    assertRefused(DECODE_ERROR, () -> read(listOf(ascii("a".repeat(length)))));
  }

  @Test
  void acceptsNoByteButVisibleAscii() throws Exception {
    for (int value = 0; value <= 0xff; value++) {
      Opaque body = listOf(Opaque.copyOf((byte) 'a', (byte) value, (byte) 'b'));
      if (value > ' ' && value < 0x7f) {
        assertEquals("a" + (char) value + "b", read(body).hostName());
      } else {
        assertRefused(DECODE_ERROR, () -> read(body));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an empty list                    | 0000
          a type alone                     | 0001 00
          another type of name             | 0004 01 0001 61
          two host names                   | 0008 00 0001 61 00 0001 62
          the same host name twice         | 0008 00 0001 61 00 0001 61
          a host name and another type     | 0008 00 0001 61 01 0001 62
          a byte after the name            | 0005 00 0001 61 00
          a byte after the list            | 0004 00 0001 61 00
          a name longer than the list      | 0004 00 0002 61
          a name longer than the list says | 0004 00 0002 61 62
          """)
  void refuses(String what, String body) {
    assertRefused(DECODE_ERROR, () -> read(hex(body)));
  }

  @Test
  void writesNothingAsTheAcknowledgement() {
    assertEquals(Opaque.EMPTY, bodyOf(new ServerName(null)));
  }
}
