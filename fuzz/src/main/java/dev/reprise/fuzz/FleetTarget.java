/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.agreement.FuzzedRecord;
import dev.reprise.fleet.agreement.Kind;
import dev.reprise.fleet.revocations.FuzzedRevocation;
import dev.reprise.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code uint8 kind, opaque body[rest]}: the records that nodes of a fleet read from Redis. */
public final class FleetTarget {
  static final List<Kind> KINDS = List.of(Kind.values());

  /** Instead of a kind: a wrapped ticket key. */
  static final int WRAP = KINDS.size();

  private FleetTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    boolean _ = Allocation.bounded(bytes.length, () -> reads(bytes));
  }

  /** Whether it is a record. */
  static boolean reads(byte[] bytes) {
    Input input = new Input(bytes);
    int kind = input.uint8() % (WRAP + 1);
    byte[] body = input.rest();
    if (kind == WRAP) {
      return FuzzedRecord.isWrap(body);
    }
    Opaque again = reread(KINDS.get(kind), body);
    if (again != null && !again.equals(Opaque.takeOver(body))) {
      throw new AssertionError("A record has two encodings");
    }
    return again != null;
  }

  private static @Nullable Opaque reread(Kind kind, byte[] body) {
    return kind == Kind.REVOCATION
        ? FuzzedRevocation.reread(
            body, new RevocationRegister(Duration.ofDays(1), 4, FakeClock.create()))
        : FuzzedRecord.reread(kind, body);
  }
}
