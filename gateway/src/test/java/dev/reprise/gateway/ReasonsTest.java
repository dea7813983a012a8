/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.RefusalReason;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.jsse.Reprise;
import dev.reprise.testkit.FlightRecordings;
import dev.reprise.testkit.TestCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway says the same of a handshake everywhere: to its client, in metrics and recordings. */
class ReasonsTest {
  /** What becomes of a session until it is offered again. */
  enum Fate {
    FORGOTTEN(MissReason.NOT_OFFERED, SessionTickets.SEALED),
    UNDER_ANOTHER_NAME(MissReason.UNKNOWN_KEY, SessionTickets.SEALED),
    FORGED(MissReason.NOT_AUTHENTIC, SessionTickets.SEALED),
    CUT_SHORT(MissReason.UNKNOWN_FORMAT, SessionTickets.SEALED),
    FOR_ANOTHER_SERVER_NAME(MissReason.SNI_MISMATCH, SessionTickets.SEALED),
    NEVER_SEEN(MissReason.NOT_IN_STORE, SessionTickets.STATEFUL);

    final MissReason reason;
    final SessionTickets tickets;

    Fate(MissReason reason, SessionTickets tickets) {
      this.reason = reason;
      this.tickets = tickets;
    }

    String serverName() {
      return this == FOR_ANOTHER_SERVER_NAME ? "other.example" : name(this);
    }

    private static String name(Fate fate) {
      return fate.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".example";
    }

    ClientSession befalls(ClientSession session) {
      Opaque ticket = session.ticket();
      return switch (this) {
        case FORGOTTEN -> session;
        case UNDER_ANOTHER_NAME, NEVER_SEEN -> with(session, changed(ticket, 0));
        case FORGED -> with(session, changed(ticket, ticket.length() - 1));
        case CUT_SHORT -> with(session, ticket.slice(0, 15));
        case FOR_ANOTHER_SERVER_NAME ->
            with(session, rewritten(session.session(), session.session().secret(), serverName()));
      };
    }
  }

  private final OfferedSessions sessions = new OfferedSessions();
  private final SSLContext client =
      Reprise.client()
          .trustManager((X509TrustManager) TestCertificates.trustManagers()[0])
          .protocols(List.of("TLSv1.3"))
          .sessionStore(sessions)
          .build();

  @ParameterizedTest
  @EnumSource
  void saysWhyASessionWasNotResumed(Fate fate) throws Exception {
    try (Gateway gateway = Peers.start(Peers.config().resumption(settings(fate.tickets)))) {
      JsonNode first = connection(gateway, Fate.name(fate));
      assertEquals("NOT_OFFERED", first.get("reason").asString());
      sessions.change = fate::befalls;
      sessions.offers = fate != Fate.FORGOTTEN;
      List<RecordedEvent> events =
          FlightRecordings.during(
              "dev.reprise.Handshake",
              () -> {
                JsonNode second = connection(gateway, fate.serverName());
                assertEquals("full", second.get("handshake").asString());
                assertEquals(fate.reason.name(), second.get("reason").asString());
              });
      assertRecorded(events, fate.serverName(), "full", fate.reason.name());
      int count = fate == Fate.FORGOTTEN ? 2 : 1;
      assertCounted(
          gateway,
          "reprise_resumption_misses_total{reason=\"" + fate.reason + "\"} " + count + ".0");
    }
  }

  @ParameterizedTest
  @CsvSource({"SEALED, ticket", "STATEFUL, stateful-ticket"})
  void saysHowASessionWasResumed(SessionTickets tickets, String mechanism) throws Exception {
    String name = mechanism + ".resumed.example";
    try (Gateway gateway = Peers.start(Peers.config().resumption(settings(tickets)))) {
      connection(gateway, name);
      List<RecordedEvent> events =
          FlightRecordings.during("dev.reprise.Handshake", () -> connection(gateway, name));
      RecordedEvent server = assertRecorded(events, name, "resumed", null);
      assertEquals(mechanism, server.getString("mechanism"));
      assertEquals("TLSv1.3", server.getString("protocol"));
      assertEquals(tickets == SessionTickets.SEALED, server.getString("keyName") != null);
    }
  }

  @Test
  void saysWhyASessionWasRefused() throws Exception {
    String name = "refused.example";
    try (Gateway gateway = Peers.start(Peers.config())) {
      connection(gateway, name);
      sessions.change =
          session -> {
            byte[] secret = session.session().secret().reveal().clone();
            secret[0] ^= 1;
            return with(session, rewritten(session.session(), Secret.takeOver(secret), name));
          };
      List<RecordedEvent> events =
          FlightRecordings.during(
              "dev.reprise.Handshake",
              () -> assertThrows(IOException.class, () -> connection(gateway, name)));
      RecordedEvent server = assertRecorded(events, name, "refused", "BINDER_MISMATCH");
      assertEquals("decrypt_error", server.getString("alert"));
      assertCounted(gateway, "reprise_resumption_refused_total{reason=\"BINDER_MISMATCH\"} 1.0");
    }
  }

  @Test
  void recordsItsKeysFromTheFirstToTheLast() throws Exception {
    List<RecordedEvent> events =
        FlightRecordings.during(
            "dev.reprise.KeyRotation",
            () -> {
              try (Gateway gateway = Peers.start(Peers.config())) {
                String name = connection(gateway, "keys.example").get("node").asString();
                assertEquals(gateway.address().toString(), name);
              }
            });
    for (String change : List.of("published", "issuing", "erased")) {
      assertTrue(
          events.stream().anyMatch(event -> event.getString("change").equals(change)), change);
    }
  }

  @Test
  void countsEveryReasonFromZero() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config())) {
      List<String> metrics = metrics(gateway);
      Stream.of(MissReason.values())
          .filter(reason -> reason != MissReason.DECLINED)
          .map(reason -> "reprise_resumption_misses_total{reason=\"" + reason + "\"} 0.0")
          .forEach(line -> assertTrue(metrics.contains(line), line));
      Stream.of(RefusalReason.values())
          .map(reason -> "reprise_resumption_refused_total{reason=\"" + reason + "\"} 0.0")
          .forEach(line -> assertTrue(metrics.contains(line), line));
      assertEquals(
          6, metrics.stream().filter(it -> it.startsWith("reprise_handshakes_total{")).count());
    }
  }

  private static ResumptionSettings settings(SessionTickets tickets) {
    return new ResumptionSettings(tickets, 1 << 20, Duration.ofHours(1), Duration.ofHours(2));
  }

  private JsonNode connection(Gateway gateway, String serverName) throws Exception {
    try (SSLSocket socket = Peers.over(Peers.plain(gateway.address()), client, serverName)) {
      HttpReader http = new HttpReader(socket);
      return new JsonMapper().readTree(http.send(HttpReader.request("GET", "/connection")).body());
    }
  }

  private static RecordedEvent assertRecorded(
      List<RecordedEvent> events,
      String serverName,
      String outcome,
      @org.jspecify.annotations.Nullable String reason) {
    List<RecordedEvent> ours =
        events.stream()
            .filter(event -> event.getString("side").equals("server"))
            .filter(event -> serverName.equals(event.getString("serverName")))
            .toList();
    assertEquals(1, ours.size(), ours::toString);
    RecordedEvent event = ours.getFirst();
    assertEquals(outcome, event.getString("outcome"));
    assertEquals(reason, event.getString("reason"));
    return event;
  }

  private static void assertCounted(Gateway gateway, String line) throws Exception {
    List<String> metrics = metrics(gateway);
    assertTrue(metrics.contains(line), metrics::toString);
  }

  private static List<String> metrics(Gateway gateway) throws Exception {
    return HttpReader.get(gateway.adminAddress(), "/metrics").body().lines().toList();
  }

  private static Opaque changed(Opaque bytes, int at) {
    byte[] copy = bytes.toArray();
    copy[at] ^= 1;
    return Opaque.takeOver(copy);
  }

  private static ClientSession with(ClientSession session, Opaque ticket) {
    return new ClientSession(
        session.session(), ticket, session.sessionId(), session.receivedAtMillis());
  }

  private static ClientSession with(ClientSession session, Session other) {
    return new ClientSession(
        other, session.ticket(), session.sessionId(), session.receivedAtMillis());
  }

  private static Session rewritten(Session s, Secret secret, String serverName) {
    return new Session(
        s.version(),
        s.suite(),
        secret,
        s.extendedMasterSecret(),
        s.createdAtMillis(),
        s.authenticatedAtMillis(),
        s.lineage(),
        s.expiresAtMillis(),
        s.ticketAgeAdd(),
        s.scope(),
        serverName,
        s.applicationProtocol(),
        s.peerCertificates());
  }
}
