/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
final class FrontendTest {
  @ParameterizedTest
  @EnumSource
  void servesNewAndResumedConnections(Frontend frontend, @TempDir Path directory)
      throws IOException, InterruptedException {
    boolean java = frontend == Frontend.REPRISE || frontend == Frontend.NETTY;
    assumeTrue(
        java || (Boolean.getBoolean("reprise.peers") && FrontendProcess.has(frontend.title())));
    try (FrontendProcess server = FrontendProcess.start(frontend, directory)) {
      assertTrue(load(server, false, 0) > 0);
      assertTrue(load(server, true, 0) > 0);
      assertTrue(load(server, true, 20) > 0);
      assertTrue(server.cpuSeconds() > 0);
    }
  }

  private static int load(FrontendProcess server, boolean resumed, double perSecond)
      throws IOException, InterruptedException {
    return new ConnectionLoad(server.port(), server.certificate(), resumed, 0, 1, perSecond)
        .run()
        .length;
  }
}
