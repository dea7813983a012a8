/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** GnuTLS reads a key of ECDSA only if the public one is beside it, which Java leaves out. */
final class GnutlsKeys {
  private GnutlsKeys() {}

  /** Writes {@code key} anew with both, and returns the new file. */
  static String write(Path key) throws IOException {
    String both = key.resolveSibling("both-" + key.getFileName()).toString();
    Program.output("", List.of("openssl", "ec", "-in", key.toString(), "-out", both));
    return both;
  }
}
