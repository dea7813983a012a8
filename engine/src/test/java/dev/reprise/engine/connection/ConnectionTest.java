/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.crypto.Authentication;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.rules.Upholds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both sides against each other: what is agreed, what flows, and what is resumed. */
final class ConnectionTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  @Test
  void aClientThatHasNothingToOfferDoesNotBegin() {
    client.versions = List.of(ProtocolVersion.TLS12);
    client.suites = List.of(CipherSuite.TLS_AES_128_GCM_SHA256);
    assertThrows(TlsException.class, client::connection);
    client.versions = List.of();
    assertThrows(TlsException.class, client::connection);
  }

  static Stream<Arguments> everySuiteAndKey() {
    List<Arguments> all = new ArrayList<>();
    for (CipherSuite suite : CipherSuite.values()) {
      for (KeyKind key : KeyKind.values()) {
        if (suite.authentication() == null || fits(suite, key)) {
          all.add(Arguments.of(suite, key));
        }
      }
    }
    return all.stream();
  }

  private static boolean fits(CipherSuite suite, KeyKind key) {
    boolean rsa = key.name().startsWith("RSA");
    return rsa == (suite.authentication() == Authentication.RSA);
  }

  @ParameterizedTest
  @MethodSource("everySuiteAndKey")
  void connectsAndMovesDataBothWays(CipherSuite suite, KeyKind key) throws TlsException {
    server.suites = List.of(suite);
    server.key = key;
    Pair pair = Pair.connect(client, server).connected();
    assertEquals(suite, pair.clientInfo().suite());
    assertEquals(suite.version(), pair.serverInfo().version());
    byte[] request = "request".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] answer = new byte[100_000];
    answer[99_999] = 7;
    pair.sendFromClient(request).sendFromServer(answer);
    assertArrayEquals(request, pair.serverReceived.toByteArray());
    assertArrayEquals(answer, pair.clientReceived.toByteArray());
  }

  @ParameterizedTest
  @EnumSource(NamedGroup.class)
  void agreesOnEachGroup(NamedGroup group) throws TlsException {
    for (ProtocolVersion version : ProtocolVersion.values()) {
      if (version == ProtocolVersion.TLS12 && !group.usableInTls12()) {
        continue;
      }
      server.groups = List.of(group);
      server.versions = List.of(version);
      client.groups = List.of(NamedGroup.values());
      Pair pair = Pair.connect(client, server).connected();
      assertEquals(group, pair.clientInfo().group());
      assertEquals(group, pair.serverInfo().group());
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Upholds({"A12", "B3", "B5", "C3", "C5", "D4", "E1", "E6", "E18", "E27", "A4"})
  void resumesByTicket(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    resumesBy(Mechanism.TICKET);
  }

  @Test
  @Upholds({"A3", "A6"})
  void resumesBySessionId() throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    server.tickets = false;
    resumesBy(Mechanism.SESSION_ID);
  }

  @Test
  void resumesByStatefulTicket() throws TlsException {
    server.stateful = true;
    resumesBy(Mechanism.STATEFUL_TICKET);
  }

  @Test
  @Upholds("E11")
  void resumesAfterHelloRetryRequest() throws TlsException {
    server.groups = List.of(NamedGroup.SECP384R1);
    resumesBy(Mechanism.TICKET);
  }

  private void resumesBy(Mechanism mechanism) throws TlsException {
    Pair first = Pair.connect(client, server).connected();
    assertEquals(
        new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null), first.serverInfo().outcome());
    for (int i = 0; i < 3; i++) {
      clock.advance(java.time.Duration.ofSeconds(10));
      Pair again = Pair.connect(client, server).connected();
      ResumptionOutcome.Resumed resumed =
          assertInstanceOf(ResumptionOutcome.Resumed.class, again.serverInfo().outcome());
      assertEquals(mechanism, resumed.mechanism());
      assertEquals(10L * (i + 1), resumed.age().toSeconds());
      assertInstanceOf(ResumptionOutcome.Resumed.class, again.clientInfo().outcome());
      byte[] data = {1, 2, 3};
      again.sendFromClient(data).sendFromServer(data);
      assertArrayEquals(data, again.serverReceived.toByteArray());
      assertArrayEquals(data, again.clientReceived.toByteArray());
      assertEquals(
          first.serverInfo().authenticatedAtMillis(), again.serverInfo().authenticatedAtMillis());
      assertEquals(first.serverInfo().lineage(), again.serverInfo().lineage());
      assertEquals(first.clientInfo().lineage(), again.clientInfo().lineage());
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void authenticatesTheClientAndRemembersIt(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    server.clientAuthentication = ClientAuthentication.NEED;
    for (KeyKind kind : KeyKind.values()) {
      TestClient shown = new TestClient(clock);
      shown.showCertificate(kind);
      Pair full = Pair.connect(shown, server).connected();
      assertEquals(1, full.serverInfo().peerCertificates().size());
      Pair resumed = Pair.connect(shown, server).connected();
      assertInstanceOf(ResumptionOutcome.Resumed.class, resumed.outcome());
      assertEquals(full.serverInfo().peerCertificates(), resumed.serverInfo().peerCertificates());
    }
  }
}
