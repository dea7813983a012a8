/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.engine.crypto.ProviderChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AllocationsTest {
  @Test
  void handshakesAllocateNoMoreThanTheyDid() throws IOException {
    String x25519 = ProviderChoice.fastest(new SecureRandom()).providers().x25519().getName();
    assumeTrue(x25519.equals("Conscrypt"), "The figures are those of the fastest providers");
    Allocations kept = Allocations.read(Path.of(Allocations.FILE));
    assertEquals(List.of(), Allocations.measure().regressionsSince(kept));
  }

  @Test
  void whatIsFivePercentMoreIsNoRegressionAndWhatIsAboveThatIsOne() throws IOException {
    Allocations kept = Allocations.parse("a=1000\nb=1000\nc=1000");
    Allocations now = Allocations.parse("a=1050\nb=1051\nc=10\nd=1");
    assertEquals(
        List.of(
            "b allocates 1051 bytes a handshake, and 1000 were kept; if that is meant, renew the"
                + " figures by ./bench/run allocations --renew",
            "d allocates 1 bytes a handshake, and none were kept; if that is meant, renew the"
                + " figures by ./bench/run allocations --renew"),
        now.regressionsSince(kept));
  }
}
