/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import java.io.IOException;
import java.util.List;

/** NSS's programs do not tell their version; its packages do. */
final class NssVersion {
  private NssVersion() {}

  static String get() throws IOException {
    List<String> said =
        Program.output("", List.of("sh", "-c", "dpkg-query -W -f '${Version}\\n' libnss3 || true"));
    return said.isEmpty() ? "NSS" : "NSS " + said.getFirst();
  }
}
