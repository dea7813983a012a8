/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Scanner;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  private static final Path GIVEN_BY_LINUX = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  @Test
  void noneComesTwice() throws IOException {
    Set<Integer> ports = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ports.add(FreePorts.next());
    }
    assertEquals(100, ports.size());
  }

  @Test
  void theSystemGivesThemToNobody() throws IOException {
    assumeTrue(Files.exists(GIVEN_BY_LINUX));
    try (Scanner range = new Scanner(GIVEN_BY_LINUX, US_ASCII)) {
      int port = FreePorts.next();
      assertTrue(port < range.nextInt() || port > range.nextInt(), () -> "" + port);
    }
  }
}
