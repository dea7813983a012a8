/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
  @Test
  void takesEverySuiteIfNoneIsNamed() {
    Arguments arguments = Arguments.parse(List.of());
    assertEquals(List.of(Suite.values()), arguments.suites());
    assertEquals(Effort.USUAL, arguments.effort());
  }

  @Test
  void takesTheNamedSuitesInTheirOrder() {
    Arguments arguments = Arguments.parse(List.of("tickets", "--quick", "records"));
    assertEquals(List.of(Suite.TICKETS, Suite.RECORDS), arguments.suites());
    assertEquals(Effort.QUICK, arguments.effort());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThrows(IllegalArgumentException.class, () -> Arguments.parse(List.of("--slow")));
    assertThrows(IllegalArgumentException.class, () -> Arguments.parse(List.of("--output")));
  }
}
