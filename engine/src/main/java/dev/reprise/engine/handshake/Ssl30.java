/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;

/** A version that nobody speaks any more, not even in legacy_version. */
final class Ssl30 {
  private static final int CODE = 0x0300;

  private Ssl30() {}

  /**
   * RFC 8446, Appendix D.5: "Any endpoint receiving a Hello message with ClientHello.legacy_version
   * or ServerHello.legacy_version set to 0x0300 MUST abort the handshake with a "protocol_version"
   * alert." That holds whatever supported_versions says.
   */
  static void refuse(int legacyVersion) throws TlsException {
    if (legacyVersion == CODE) {
      throw TlsException.incompatible(
          AlertDescription.PROTOCOL_VERSION, "The hello is one of SSL 3.0");
    }
  }
}
