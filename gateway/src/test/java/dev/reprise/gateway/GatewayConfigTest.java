/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.testkit.TestCertificates;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void hasDefaultsThatServeAtOnce() {
    GatewayConfig config = GatewayConfig.builder().build();
    assertEquals("127.0.0.1:8443", config.listen().toString());
    assertEquals("127.0.0.1:9443", config.admin().toString());
    assertNull(config.backend());
    assertEquals(List.of(), config.identities());
    assertEquals(ClientCertificates.NONE, config.clientCertificates());
    assertEquals(List.of("TLSv1.3", "TLSv1.2"), config.protocols());
    assertEquals(
        new ResumptionSettings(
            SessionTickets.SEALED, 64 << 20, Duration.ofHours(6), Duration.ofHours(6)),
        config.resumption());
    assertEquals(
        new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10)),
        config.timeouts());
  }

  @Test
  void refusesVersionsThatAreNotSpoken() {
    assertThrows(
        IllegalArgumentException.class,
        () -> GatewayConfig.builder().protocols(List.of("TLSv1.1")).build());
    assertThrows(
        IllegalArgumentException.class, () -> GatewayConfig.builder().protocols(List.of()).build());
  }

  @Test
  void refusesWaitsThatCannotBeMeant() {
    assertThrows(
        IllegalArgumentException.class, () -> Timeouts.DEFAULT.withHandshake(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> Timeouts.DEFAULT.withConnect(Duration.ofDays(2)));
    assertThrows(
        IllegalArgumentException.class, () -> Timeouts.DEFAULT.withIdle(Duration.ofMillis(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> Timeouts.DEFAULT.withDrain(Duration.ofMillis(-1)));
    assertEquals(Duration.ZERO, Timeouts.DEFAULT.withDrain(Duration.ZERO).drain());
  }

  @Test
  void refusesResumptionThatTlsDoesNotAllow() {
    settings(64 << 10, Duration.ofSeconds(605), Duration.ofDays(7));
    refused(64 << 10, HOUR, Duration.ofDays(7).plusSeconds(1));
    refused(64 << 10, HOUR, Duration.ZERO);
    refused(64 << 10, Duration.ofMillis(999), HOUR);
    refused(64 << 10, Duration.ofDays(7).plusSeconds(1), HOUR);
    refused((64 << 10) - 1, HOUR, HOUR);
    refused(64 << 10, Duration.ofSeconds(1), Duration.ofSeconds(1001));
  }

  @Test
  void refusesClientAuthenticationByNobody() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ClientCertificates(ClientAuthentication.NEED, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ClientCertificates(
                ClientAuthentication.NONE, List.of(TestCertificates.authority().certificate())));
  }

  private static void refused(long bytes, Duration rotateEvery, Duration lifetime) {
    assertThrows(IllegalArgumentException.class, () -> settings(bytes, rotateEvery, lifetime));
  }

  private static void settings(long bytes, Duration rotateEvery, Duration lifetime) {
    assertEquals(
        lifetime,
        new ResumptionSettings(SessionTickets.SEALED, bytes, rotateEvery, lifetime)
            .ticketLifetime());
  }
}
