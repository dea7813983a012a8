/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The server's choice among cipher suites. */
final class CipherSuites {
  private CipherSuites() {}

  /** The suite to use, in whichever order counts, among those that are {@code usable}. */
  static CipherSuite select(
      ClientOffer offer,
      ServerConfig config,
      ProtocolVersion version,
      Predicate<CipherSuite> usable)
      throws TlsException {
    CipherSuite suite =
        config.serverOrder()
            ? inOurOrder(offer, config, version, usable)
            : inTheirOrder(offer, config, version, usable);
    if (suite == null) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE, "The client offers no cipher suite served here");
    }
    return suite;
  }

  private static @Nullable CipherSuite inOurOrder(
      ClientOffer offer,
      ServerConfig config,
      ProtocolVersion version,
      Predicate<CipherSuite> usable) {
    for (CipherSuite suite : config.cipherSuites()) {
      if (suite.version() == version && offer.offers(suite.code()) && usable.test(suite)) {
        return suite;
      }
    }
    return null;
  }

  private static @Nullable CipherSuite inTheirOrder(
      ClientOffer offer,
      ServerConfig config,
      ProtocolVersion version,
      Predicate<CipherSuite> usable) {
    Uint16List theirs = offer.hello().cipherSuites();
    for (int i = 0; i < theirs.size(); i++) {
      CipherSuite suite = CipherSuite.of(theirs.at(i));
      if (suite != null
          && suite.version() == version
          && config.cipherSuites().contains(suite)
          && usable.test(suite)) {
        return suite;
      }
    }
    return null;
  }

  /** The code points of signature schemes, as extensions carry them. */
  static Uint16List schemeCodes(List<SignatureScheme> schemes) {
    int[] codes = new int[schemes.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = schemes.get(i).code();
    }
    return Uint16List.of(codes);
  }
}
