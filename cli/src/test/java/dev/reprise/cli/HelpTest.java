/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTest {
  @Test
  void namesEveryFlagWithItsDefault() {
    Run help = Run.of("serve", "--help");
    assertEquals(0, help.exitCode());
    assertEquals("", help.error());
    String text = help.out().replaceAll("\\s+", " ");
    for (String expected :
        List.of(
            "--listen=HOST:PORT Where clients come in; port 0 takes a free one. Default:"
                + " 127.0.0.1:8443.",
            "--backend=HOST:PORT",
            "--admin=HOST:PORT Where /healthz, /metrics and /revocations are, a loopback address."
                + " Default: 127.0.0.1:9443.",
            "--admin-token-file=FILE",
            "--allow-remote-admin",
            "--protocols=",
            "--cert=PEM",
            "--key=PEM",
            "--client-auth=none|want|need Whether clients show a certificate. Default: none.",
            "--client-ca=PEM",
            "--store=memory|URL",
            "--fleet-key=FILE",
            "--fleet-name=NAME Which of several fleets in one Redis. Default: reprise.",
            "--store-deadline=TIME",
            "--node=NAME",
            "--provider=Reprise|SunJSSE",
            "--exit-with-input",
            "--store-bytes=SIZE How much memory the store of this process may take. Default:"
                + " 64m.",
            "--ticket-keys=auto|shared|FORMAT:FILE[,FILE]...",
            "--allow-insecure-permissions",
            "--rotate-every=TIME How long one ticket key seals. Default: 6h.",
            "--ticket-lifetime=TIME How long a ticket is honoured. Default: 6h.",
            "--stateful-tickets",
            "--no-tickets",
            "--handshake-timeout=TIME For a client to finish its handshake. Default: 10s.",
            "--connect-timeout=TIME For the backend to accept a connection. Default: 5s.",
            "--idle-timeout=TIME For a connection without a byte in either direction. Default: 5m.",
            "--drain=TIME For open connections to finish when the gateway stops. Default: 10s.",
            "Exit codes: 0 stopped, 1 failed at run time (a port in use), 2 wrong usage.")) {
      assertTrue(text.contains(expected), expected + " is not in " + text);
    }
  }

  @Test
  void namesEveryCommand() {
    Run help = Run.of("--help");
    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("serve"), help.out());
    assertTrue(help.out().contains("fleet"), help.out());
    assertTrue(help.out().contains("keys"), help.out());
    assertEquals(0, Run.of("fleet", "--help").exitCode());
    Run keys = Run.of("keys", "--help");
    for (String command : List.of("generate", "inspect", "convert", "fleet", "rotate")) {
      assertTrue(keys.out().contains(command), keys.out());
      assertEquals(0, Run.of("keys", command, "--help").exitCode());
    }
  }

  @Test
  void tellsItsVersion() {
    Run version = Run.of("--version");
    assertEquals(0, version.exitCode());
    List<String> lines = version.out().lines().toList();
    assertTrue(lines.getFirst().matches("reprise \\d+\\.\\d+\\.\\d+.*"), version.out());
    assertEquals(version.out(), Run.of("serve", "--version").out());
  }
}
