/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.FlightRecordings;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java Flight Recorder hears of handshakes. */
class HandshakeRecordingTest {
  private static final String EVENT = "dev.reprise.Handshake";

  private final FakeClock clock = FakeClock.create();

  private RepriseServer server() {
    return Contexts.ourServer(Contexts.SERVER).clock(clock);
  }

  private SSLContext client() {
    return Contexts.ourClient().clock(clock).build();
  }

  private static RecordedEvent ofSide(String side, FlightRecordings.Action action)
      throws Exception {
    List<RecordedEvent> events =
        FlightRecordings.ofThisThread(EVENT, action).stream()
            .filter(event -> event.getString("side").equals(side))
            .toList();
    assertEquals(1, events.size(), events::toString);
    return events.getFirst();
  }

  private RecordedEvent second(SSLContext server, String version, String side) throws Exception {
    SSLContext client = client();
    Contexts.pair(client, server, version).handshake();
    clock.advance(Duration.ofSeconds(90));
    return ofSide(side, () -> Contexts.pair(client, server, version).handshake());
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3, server", "TLSv1.3, client", "TLSv1.2, server", "TLSv1.2, client"})
  void tellsOfAFullHandshake(String version, String side) throws Exception {
    EnginePair pair = Contexts.pair(client(), server().build(), version);
    RecordedEvent event = ofSide(side, pair::handshake);
    assertEquals("full", event.getString("outcome"));
    assertEquals("NOT_OFFERED", event.getString("reason"));
    assertEquals(version, event.getString("protocol"));
    assertEquals(pair.server().getSession().getCipherSuite(), event.getString("cipherSuite"));
    assertTrue(
        List.of("x25519", "X25519MLKEM768").contains(event.getString("group")),
        event.getString("group"));
    assertEquals(Contexts.HOST, event.getString("serverName"));
    assertNull(event.getString("mechanism"));
    assertNull(event.getString("keyName"));
    assertNull(event.getString("alert"));
    assertEquals(Long.MIN_VALUE, event.getLong("sessionAge"));
    assertTrue(event.getDuration().isPositive(), event::toString);
    assertNull(event.getStackTrace());
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, SESSION_ID",
    "TLSv1.2, TICKET",
    "TLSv1.3, TICKET",
    "TLSv1.3, STATEFUL_TICKET"
  })
  void tellsHowASessionWasResumed(String version, Mechanism mechanism) throws Exception {
    RepriseServer server =
        switch (mechanism) {
          case SESSION_ID -> server().withoutTickets();
          case TICKET -> server();
          case STATEFUL_TICKET -> server().statefulTickets(true);
        };
    RecordedEvent event = second(server.build(), version, "server");
    assertEquals("resumed", event.getString("outcome"));
    assertEquals(mechanism.wireName(), event.getString("mechanism"));
    assertEquals(Duration.ofSeconds(90), event.getDuration("sessionAge"));
    assertNull(event.getString("reason"));
    String keyName = event.getString("keyName");
    assertEquals(mechanism == Mechanism.TICKET, keyName != null && keyName.matches("[0-9a-f]{16}"));
    assertEquals(version.equals(Contexts.TLS13), event.getString("group") != null);
  }

  @ParameterizedTest
  @EnumSource
  void tellsEveryReasonOfAMiss(MissReason reason) throws Exception {
    SSLContext server =
        server()
            .withoutTickets()
            .sessionStore(new Answering(new Lookup.Mismatched(reason)))
            .build();
    RecordedEvent event = second(server, Contexts.TLS12, "server");
    assertEquals("full", event.getString("outcome"));
    assertEquals(reason.name(), event.getString("reason"));
    assertNull(event.getString("mechanism"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  void tellsOfAClientThatWasDeclined(String version) throws Exception {
    SSLContext client = client();
    Contexts.pair(client, server().build(), version).handshake();
    SSLContext other = server().build();
    RecordedEvent event = ofSide("client", () -> Contexts.pair(client, other, version).handshake());
    assertEquals("DECLINED", event.getString("reason"));
    assertEquals("full", event.getString("outcome"));
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3, server", "TLSv1.3, client", "TLSv1.2, server", "TLSv1.2, client"})
  void tellsOfFailuresAndWhoSaidSo(String version, String side) throws Exception {
    EnginePair pair = Contexts.pair(client(), server().build(), version);
    Contexts.configure(pair.client(), it -> it.setApplicationProtocols(new String[] {"a"}));
    Contexts.configure(pair.server(), it -> it.setApplicationProtocols(new String[] {"b"}));
    RecordedEvent event = ofSide(side, () -> assertThrows(SSLException.class, pair::handshake));
    assertEquals("failed", event.getString("outcome"));
    assertEquals("no_application_protocol", event.getString("alert"));
    assertEquals(side.equals("client"), event.getBoolean("alertReceived"));
    assertNull(event.getString("mechanism"));
  }

  @Test
  void tellsWhyASessionWasRefused() throws Exception {
    SSLContext server = server().build();
    RawClient first = new RawClient(clock, ProtocolVersion.TLS13, Contexts.HOST, List.of());
    ClientSession granted = Objects.requireNonNull(first.connect(server.createSSLEngine()));
    granted.session().secret().reveal()[0] ^= 1; // So the binder is another one.
    RawClient liar = new RawClient(clock, ProtocolVersion.TLS13, Contexts.HOST, List.of());
    SSLEngine engine = server.createSSLEngine();
    RecordedEvent event =
        ofSide(
            "server",
            () -> assertThrows(Exception.class, () -> liar.offering(granted).connect(engine)));
    assertEquals("refused", event.getString("outcome"));
    assertEquals("BINDER_MISMATCH", event.getString("reason"));
    assertEquals("decrypt_error", event.getString("alert"));
    assertFalse(event.getBoolean("alertReceived"));
  }

  @Test
  void takesTheTimeOfTasks() throws Exception {
    SSLContext client = Contexts.ourClient().clock(clock).trustManager(new Slow()).build();
    SSLContext server = server().build();
    RecordedEvent event =
        ofSide("client", () -> Contexts.pair(client, server, Contexts.TLS13).handshake());
    assertEquals(Duration.ofMillis(7), event.getDuration("taskTime"));
  }

  /** Trusts everybody, after 7 ms. */
  private final class Slow implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      clock.advance(Duration.ofMillis(7));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Takes everything and always gives the same answer. */
  private record Answering(Lookup answer) implements SessionStore {
    @Override
    public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      return CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      return CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletionStage<Boolean> remove(Opaque id) {
      return CompletableFuture.completedFuture(true);
    }
  }
}
