/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drives the JDK's own engines, which need no proof that they can speak TLS. */
class EnginePairTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @EnumSource
  void shakesHandsWithEveryKindOfCertificate(KeyKind kind) throws Exception {
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      EnginePair pair = pair(protocol, TestCertificates.server(kind)).handshake();
      assertEquals(protocol, pair.client().getSession().getProtocol());
      assertEquals(
          TestCertificates.server(kind).certificate(),
          pair.client().getSession().getPeerCertificates()[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void authenticatesEveryKindOfClient(KeyKind kind) throws Exception {
    EnginePair pair = pair("TLSv1.3", context(TestCertificates.client(kind)), server());
    pair.server().setNeedClientAuth(true);
    pair.handshake();
    assertEquals(
        TestCertificates.client(kind).certificate(),
        pair.server().getSession().getPeerCertificates()[0]);
  }

  /** Two round trips, in TLS 1.3 the second one for the client's Finished and the tickets. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void countsTheFlightsOfAFullHandshake(String protocol) throws Exception {
    EnginePair pair = pair(protocol, TestCertificates.server(KeyKind.ECDSA_P256)).handshake();
    List<Flight> flights = pair.flights();
    assertEquals(4, flights.size(), flights::toString);
    assertEquals(Side.CLIENT, flights.getFirst().from());
    assertEquals(Side.SERVER, flights.getLast().from());
    assertEquals(List.of("handshake " + flights.getFirst().length()), flights.getFirst().records());
    assertEquals(
        flights.stream().mapToInt(Flight::length).sum(),
        pair.bytesFrom(Side.CLIENT) + pair.bytesFrom(Side.SERVER));
  }

  @Test
  void seesThatAResumedHandshakeSendsLess() throws Exception {
    SSLContext client = context(TestCertificates.client(KeyKind.ECDSA_P256));
    SSLContext server = server();
    EnginePair full = pair("TLSv1.3", client, server).handshake();
    EnginePair resumed = pair("TLSv1.3", client, server).handshake();
    int fullAnswer = full.flights().get(1).length();
    int resumedAnswer = resumed.flights().get(1).length();
    assertTrue(resumedAnswer < fullAnswer / 2, resumedAnswer + " after " + fullAnswer);
    assertEquals(
        full.client().getSession().getCreationTime(),
        resumed.client().getSession().getCreationTime());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void carriesDataBothWaysAndCloses(String protocol) throws Exception {
    EnginePair pair = pair(protocol, TestCertificates.server(KeyKind.ECDSA_P256)).handshake();
    byte[] long1 = new byte[100_000];
    SeededRandom.of(1).nextBytes(long1);
    assertArrayEquals(HELLO, pair.send(Side.CLIENT, HELLO));
    assertArrayEquals(long1, pair.send(Side.SERVER, long1));
    assertEquals(0, pair.received(Side.CLIENT).length);
    pair.close(Side.SERVER);
    assertTrue(pair.client().isInboundDone());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void arrivesInPieces(int length) throws Exception {
    EnginePair pair = pair("TLSv1.3", TestCertificates.server(KeyKind.RSA_2048));
    pair.inPiecesOf(length).handshake();
    assertArrayEquals(HELLO, pair.send(Side.CLIENT, HELLO));
  }

  @Test
  void tellsBothSidesOfAFailureAndThrowsTheFirst() throws Exception {
    TestIdentity stranger =
        TestCertificates.otherAuthority()
            .issue(LeafRequest.server(KeyKind.ECDSA_P256, TestCertificates.SERVER_NAME));
    EnginePair pair = pair("TLSv1.3", stranger);
    SSLException thrown = assertThrows(SSLException.class, pair::handshake);
    assertSame(thrown, pair.failure(Side.CLIENT));
    SSLException heard = Objects.requireNonNull(pair.failure(Side.SERVER));
    assertTrue(heard.toString().contains("certificate_unknown"), heard::toString);
    assertTrue(pair.flights().getLast().toString().startsWith("client"));
  }

  @Test
  void changesWhatIsOnTheWire() throws Exception {
    EnginePair pair = pair("TLSv1.3", TestCertificates.server(KeyKind.ECDSA_P256)).handshake();
    pair.over((_, bytes) -> Mutations.bitFlips(bytes).toList().getLast().bytes());
    assertThrows(SSLException.class, () -> pair.send(Side.CLIENT, HELLO));
    assertNotNull(pair.failure(Side.SERVER));
  }

  @Test
  void saysWhereAHandshakeStalls() throws Exception {
    EnginePair pair = pair("TLSv1.3", TestCertificates.server(KeyKind.ECDSA_P256));
    pair.over((from, bytes) -> from == Side.SERVER ? new byte[0] : bytes);
    AssertionError stall = assertThrows(AssertionError.class, pair::handshake);
    String text = Objects.requireNonNull(stall.getMessage());
    assertTrue(
        text.startsWith("the handshake stalls: client is at NEED_UNWRAP with 0 bytes"), text);
    assertTrue(text.contains("\n  client " + pair.bytesFrom(Side.CLIENT) + " bytes ["), text);
  }

  @Test
  void saysThatARecordWasCutShort() throws Exception {
    EnginePair pair = pair("TLSv1.3", TestCertificates.server(KeyKind.ECDSA_P256)).handshake();
    pair.over((_, bytes) -> Mutations.truncations(bytes).toList().getLast().bytes());
    AssertionError stall = assertThrows(AssertionError.class, () -> pair.send(Side.CLIENT, HELLO));
    assertTrue(Objects.requireNonNull(stall.getMessage()).startsWith("the server is stuck"));
  }

  @Test
  void endsWhatAnEngineWouldNotEnd() throws Exception {
    AssertionError endless = failureWith(new EndlessEngine(() -> {}));
    assertTrue(endless.toString().contains("no end after"), endless::toString);
  }

  @Test
  void doesNotWaitForATaskThatIsNotThere() throws Exception {
    AssertionError stall = failureWith(new EndlessEngine(null));
    assertTrue(stall.toString().contains("server is at NEED_TASK"), stall::toString);
  }

  @Test
  void wantsAClientAndAServer() throws Exception {
    EnginePair pair = pair("TLSv1.3", TestCertificates.server(KeyKind.ECDSA_P256));
    assertThrows(
        IllegalArgumentException.class,
        () -> EnginePair.of(/* client= */ pair.server(), /* server= */ pair.client()));
  }

  private static AssertionError failureWith(SSLEngine server) throws Exception {
    SSLEngine client = server().createSSLEngine();
    client.setUseClientMode(true);
    return assertThrows(AssertionError.class, EnginePair.of(client, server)::handshake);
  }

  private static EnginePair pair(String protocol, TestIdentity server) throws Exception {
    return pair(protocol, context(TestCertificates.client(KeyKind.ECDSA_P256)), context(server));
  }

  private static EnginePair pair(String protocol, SSLContext client, SSLContext server) {
    EnginePair pair = EnginePair.between(client, server, TestCertificates.SERVER_NAME);
    pair.client().setEnabledProtocols(new String[] {protocol});
    return pair;
  }

  private static SSLContext server() throws Exception {
    return context(TestCertificates.server(KeyKind.ECDSA_P256));
  }

  private static SSLContext context(TestIdentity identity) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.keyManagers(), TestCertificates.trustManagers(), SeededRandom.of(42));
    return context;
  }
}
