/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.fleet.agreement.FuzzedRecord;
import dev.reprise.fleet.agreement.Kind;
import dev.reprise.fleet.revocations.FuzzedRevocation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A record of each kind. */
final class FleetSeeds {
  private static final int WRAP_LENGTH = 1 + 44 + 1088 + 48;

  private FleetSeeds() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    for (Kind kind : FleetTarget.KINDS) {
      byte[] body =
          kind == Kind.REVOCATION ? FuzzedRevocation.example() : FuzzedRecord.example(kind);
      String name = kind.name().toLowerCase(Locale.ROOT);
      seeds.put(name, Seeds.prefixed(FleetTarget.KINDS.indexOf(kind), body));
    }
    byte[] wrap = new byte[WRAP_LENGTH];
    wrap[0] = 1;
    seeds.put("wrap", Seeds.prefixed(FleetTarget.WRAP, wrap));
    return seeds;
  }
}
