/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SessionRunsTest {
  @ParameterizedTest
  @EnumSource(Rememberer.class)
  void findsWhatIsRemembered(Rememberer rememberer) throws Exception {
    Remembering remembering = rememberer.remembering(5, 2);
    for (int i = 0; i < 5; i++) {
      remembering.add(i);
    }
    for (int i = 0; i < 5; i++) {
      assertTrue(remembering.find(i));
    }
  }

  @Test
  void hasALineForEachFigure() {
    String figure =
        "{\"rememberer\": \"A, by B\", \"sessions\": 3000, \"names\": 2, \"bytesPerSession\": 1.5,"
            + " \"heapBytesPerSession\": 0.5,"
            + " \"lookupsPerSecond1\": 4000, \"lookupsPerSecond2\": 5}";
    assertEquals(
        "| A, by B | 3,000 | 2 | 1.5 | 0.5 | 4,000 | 5 |",
        SessionRuns.table(List.of(figure)).lines().toList().getLast());
  }
}
