/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.AlertDescription.DECODE_ERROR;
import static dev.reprise.engine.wire.WireBytes.assertRefused;
import static dev.reprise.engine.wire.WireBytes.counting;
import static dev.reprise.engine.wire.WireBytes.hex;
import static dev.reprise.engine.wire.WireBytes.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HelloTest {
  private static final String RANDOM = counting(0, 32).toString();

  private static ClientHello clientHello(String afterRandom) throws TlsException {
    return assertInstanceOf(
        ClientHello.class,
        read(HandshakeType.CLIENT_HELLO, Dialect.HELLO, hex("0303" + RANDOM + afterRandom)));
  }

  private static ServerHello serverHello(String random, String afterRandom) throws TlsException {
    return assertInstanceOf(
        ServerHello.class,
        read(HandshakeType.SERVER_HELLO, Dialect.HELLO, hex("0303" + random + afterRandom)));
  }

  private static String sessionId(int length) {
    return new TlsWriter().opaque8(counting(0, length)).toOpaque().toString();
  }

  @Test
  @Upholds("A1")
  void readsSessionIdsOfEveryLengthUpTo32() throws Exception {
    for (int length = 0; length <= 32; length++) {
      Opaque expected = counting(0, length);
      assertEquals(expected, clientHello(sessionId(length) + "0002 1301 01 00").sessionId());
      assertEquals(expected, serverHello(RANDOM, sessionId(length) + "1301 00").sessionId());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 34, 64, 255})
  @Refuses("A1")
  void refusesLongerSessionIds(int length) {
    assertRefused(DECODE_ERROR, () -> clientHello(sessionId(length) + "0002 1301 01 00"));
    assertRefused(DECODE_ERROR, () -> serverHello(RANDOM, sessionId(length) + "1301 00"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no cipher suites                    | 00 0000 01 00
          half a cipher suite                 | 00 0001 13 01 00
          one and a half                      | 00 0003 1301 13 01 00
          no compression methods              | 00 0002 1301 00
          half a length of extensions         | 00 0002 1301 01 00 00
          extensions beyond the message       | 00 0002 1301 01 00 0004 0017
          a byte after the extensions         | 00 0002 1301 01 00 0004 0017 0000 00
          a byte after an empty block         | 00 0002 1301 01 00 0000 00
          """)
  void refuses(String what, String afterRandom) {
    assertRefused(DECODE_ERROR, () -> clientHello(afterRandom));
  }

  @Test
  void readsAHelloWithAnEmptyBlockLikeOneWithout() throws Exception {
    assertEquals(clientHello("00 0002 1301 01 00"), clientHello("00 0002 1301 01 00 0000"));
    assertSame(Extensions.NONE, clientHello("00 0002 1301 01 00 0000").extensions());
    assertSame(Extensions.NONE, serverHello(RANDOM, "00 c02b 00 0000").extensions());
  }

  @Test
  void keepsCodePointsItDoesNotKnow() throws Exception {
    ClientHello hello = clientHello("00 0006 0a0a 1301 5600 02 0100 0004 0a0a 0000");

    assertEquals(Uint16List.of(0x0a0a, 0x1301, 0x5600), hello.cipherSuites());
    assertEquals(hex("0100"), hello.compressionMethods());
    assertEquals(Extensions.of(new UnknownExtension(0x0a0a, Opaque.EMPTY)), hello.extensions());
  }

  @Test
  void keepsVersionsItDoesNotKnow() throws Exception {
    Opaque body = hex("0a0a" + RANDOM + "00 0002 1301 01 00");
    assertEquals(
        0x0a0a,
        assertInstanceOf(ClientHello.class, read(HandshakeType.CLIENT_HELLO, Dialect.HELLO, body))
            .legacyVersion());
  }

  @Test
  void sharesTheBytesItWasReadFrom() throws Exception {
    Opaque body = hex("0303" + RANDOM + sessionId(32) + "0002 1301 01 00");
    ClientHello hello =
        assertInstanceOf(ClientHello.class, read(HandshakeType.CLIENT_HELLO, Dialect.HELLO, body));

    assertSame(body.array(), hello.random().array());
    assertSame(body.array(), hello.sessionId().array());
  }

  @Test
  void tellsAHelloRetryRequestByItsRandom() throws Exception {
    String retryRandom = ServerHello.HELLO_RETRY_REQUEST_RANDOM.toString();
    ServerHello retry = serverHello(retryRandom, "00 1301 00 0006 0033 0002 001d");
    ServerHello hello = serverHello(RANDOM, "00 1301 00 0009 0033 0005 001d 0001 aa");

    assertTrue(retry.isHelloRetryRequest());
    assertFalse(hello.isHelloRetryRequest());
    assertEquals(new RetryKeyShare(0x1d), retry.extensions().find(RetryKeyShare.class));
    assertEquals(
        new ServerKeyShare(new KeyShareEntry(0x1d, hex("aa"))),
        hello.extensions().find(ServerKeyShare.class));
  }

  @Test
  void takesARandomThatDiffersInTheLastBitForAServerHello() {
    String almost = ServerHello.HELLO_RETRY_REQUEST_RANDOM.slice(0, 31) + "9d";

    assertRefused(DECODE_ERROR, () -> serverHello(almost, "00 1301 00 0006 0033 0002 001d"));
  }

  @Test
  void knowsTheSpecialRandoms() throws Exception {
    byte[] name = "HelloRetryRequest".getBytes(StandardCharsets.US_ASCII);
    Opaque digest = Opaque.takeOver(MessageDigest.getInstance("SHA-256").digest(name));

    assertEquals(digest, ServerHello.HELLO_RETRY_REQUEST_RANDOM);
    assertEquals(WireBytes.ascii("DOWNGRD\u0001"), ServerHello.DOWNGRADE_TLS12);
    assertEquals(WireBytes.ascii("DOWNGRD\u0000"), ServerHello.DOWNGRADE_TLS11);
  }

  /** Bytes, which unlike times are the same on every machine; compiled code needs fewer. */
  @Test
  void readsAResumingClientHelloWithoutCopyingIt() throws Exception {
    OfferedPsks offer =
        new OfferedPsks(List.of(new PskIdentity(counting(0, 400), 1)), List.of(counting(0, 32)));
    ClientHello hello =
        new ClientHello(
            0x303,
            counting(0, 32),
            counting(0, 32),
            Uint16List.of(0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f),
            hex("00"),
            Extensions.of(
                new ServerName("example.com"),
                new ExtendedMasterSecret(),
                new SupportedGroups(Uint16List.of(0x11ec, 0x1d, 0x17)),
                new SignatureAlgorithms(Uint16List.of(0x0403, 0x0804, 0x0401)),
                new ApplicationProtocols(List.of(WireBytes.ascii("h2"))),
                new SupportedVersions(Uint16List.of(0x0304, 0x0303)),
                new PskKeyExchangeModes(hex("01")),
                new ClientKeyShares(
                    List.of(
                        new KeyShareEntry(0x11ec, counting(0, 1216)),
                        new KeyShareEntry(0x1d, counting(0, 32)))),
                offer));
    Opaque body = WireBytes.bodyOf(hello);
    assertEquals(hello, read(HandshakeType.CLIENT_HELLO, Dialect.HELLO, body));

    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    read(HandshakeType.CLIENT_HELLO, Dialect.HELLO, body);
    long allocated = thread.getCurrentThreadAllocatedBytes() - before;

    assertTrue(allocated < 2_048, () -> allocated + " bytes for one of " + body.length());
  }
}
