/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.List;

/** What both sides ask of their versions. */
final class Versions {
  private Versions() {}

  /** A version is of use if it is enabled and so is a suite of it. */
  static boolean isUsable(
      ProtocolVersion version, List<ProtocolVersion> versions, List<CipherSuite> suites) {
    if (!versions.contains(version)) {
      return false;
    }
    for (CipherSuite suite : suites) {
      if (suite.version() == version) {
        return true;
      }
    }
    return false;
  }
}
