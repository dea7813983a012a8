/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.Opaque;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumptionOutcomeTest {
  @Test
  void mechanismsAndReasonsKeepTheNamesThatDashboardsCount() {
    assertEquals(
        List.of("session-id", "ticket", "stateful-ticket"),
        Arrays.stream(Mechanism.values()).map(Mechanism::wireName).toList());
    assertEquals(
        "NOT_OFFERED UNKNOWN_KEY KEY_EXPIRED NOT_AUTHENTIC UNKNOWN_FORMAT VERSION_MISMATCH"
            + " TICKET_EXPIRED NOT_YET_VALID AUTHENTICATION_TOO_OLD SCOPE_MISMATCH SNI_MISMATCH"
            + " SUITE_UNAVAILABLE KEY_EXCHANGE_MODE CLIENT_CERTIFICATE_REQUIRED"
            + " CLIENT_CERTIFICATE_REFUSED ALREADY_USED NOT_IN_STORE STORE_UNAVAILABLE REVOKED"
            + " REVOCATIONS_UNKNOWN DECLINED",
        String.join(" ", Arrays.stream(MissReason.values()).map(Enum::name).toList()));
  }

  @Test
  void anAgeBelowZeroCountsAsZero() {
    var resumed = new ResumptionOutcome.Resumed(Mechanism.TICKET, "00", Duration.ofSeconds(-2));
    assertEquals(Duration.ZERO, resumed.age());
  }

  @Test
  void aRefusalNamesNoKey() {
    assertNull(new ResumptionOutcome.Refused(RefusalReason.BINDER_MISMATCH).keyName());
  }

  @Test
  void oneServerHasOneClientKeyHoweverItsNameIsWritten() {
    var key = new ClientSessionKey("www.example.com", 443, "");
    assertEquals(key, new ClientSessionKey("WWW.Example.COM.", 443, ""));
    assertThrows(IllegalArgumentException.class, () -> new ClientSessionKey("a", 65_536, ""));
    assertThrows(IllegalArgumentException.class, () -> new ClientSessionKey("a", -1, ""));
  }

  @Test
  void aClientSessionHasATicketOrAnId() {
    Session session = Samples.session(dev.reprise.engine.wire.ProtocolVersion.TLS12);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ClientSession(session, Opaque.EMPTY, Opaque.EMPTY, 0));
  }
}
