/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.gateway.TlsProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
  @Test
  void takesEverySuiteIfNoneIsNamed() {
    Arguments arguments = Arguments.parse(List.of());
    assertEquals(List.of(Suite.values()), arguments.suites());
    assertTrue(arguments.sessions());
    assertEquals(Effort.USUAL, arguments.effort());
    assertEquals(Choice.ALL, arguments.choice());
  }

  @Test
  void takesTheNamedSuitesInTheirOrder() {
    Arguments arguments = Arguments.parse(List.of("tickets", "--quick", "records"));
    assertFalse(arguments.sessions());
    assertEquals(List.of(Suite.TICKETS, Suite.RECORDS), arguments.suites());
    assertEquals(Effort.QUICK, arguments.effort());
    assertEquals(Choice.QUICK, arguments.choice());
  }

  @Test
  void takesSessionsAlone() {
    Arguments arguments = Arguments.parse(List.of("sessions"));
    assertEquals(List.of(), arguments.suites());
    assertTrue(arguments.sessions());
  }

  @Test
  void putsAFleetUnderLoadOnlyIfItIsNamed() {
    assertFalse(Arguments.parse(List.of()).fleet());
    Arguments arguments =
        Arguments.parse(List.of("fleet", "--kill-redis", "--provider", "sunjsse,Reprise"));
    assertTrue(arguments.fleet());
    assertTrue(arguments.killRedis());
    assertFalse(arguments.sessions());
    assertEquals(List.of(), arguments.suites());
    assertEquals(List.of(TlsProvider.SUN_JSSE, TlsProvider.REPRISE), arguments.providers());
    assertThrows(
        IllegalArgumentException.class, () -> Arguments.parse(List.of("--provider", "openssl")));
    assertEquals(250, Arguments.parse(List.of("fleet", "--rate", "250")).rate().getAsInt());
    for (String rate : List.of("9", "5001", "-1", "many", "")) {
      assertThrows(
          IllegalArgumentException.class, () -> Arguments.parse(List.of("fleet", "--rate", rate)));
    }
  }

  @Test
  void takesOpenSslWhereItIsNamedAmongThePeers() {
    Choice choice = Arguments.parse(List.of("--peers", "reprise,openssl")).choice();
    assertTrue(choice.openSsl());
    assertEquals(List.of(Peer.REPRISE), choice.peers());
  }

  @Test
  void takesAllocationsAloneAndToRenewThem() {
    Arguments arguments = Arguments.parse(List.of("allocations", "--renew"));
    assertEquals(List.of(), arguments.suites());
    assertTrue(arguments.allocations());
    assertTrue(arguments.renew());
    assertFalse(arguments.sessions());
  }

  @Test
  void takesTheNamedPeersGroupsAndCertificates() {
    Arguments arguments =
        Arguments.parse(
            List.of(
                "--peers",
                "reprise-jdk,netty",
                "--quick",
                "--groups",
                "secp256r1",
                "--certificates",
                "rsa,ecdsa"));
    assertEquals(
        new Choice(
            List.of(Peer.REPRISE_JDK, Peer.NETTY),
            List.of(Group.SECP256R1),
            List.of(Certificate.RSA, Certificate.ECDSA),
            false),
        arguments.choice());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThrows(IllegalArgumentException.class, () -> Arguments.parse(List.of("--slow")));
    assertThrows(IllegalArgumentException.class, () -> Arguments.parse(List.of("--output")));
    assertThrows(
        IllegalArgumentException.class, () -> Arguments.parse(List.of("--peers", "reprise,")));
  }
}
