/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where every primitive comes from: data, so that one of them can be replaced and the rest kept.
 *
 * @param random for everything that is drawn at random
 * @param keyExchanges in order of preference
 */
public record CryptoProvider(
    SecureRandom random,
    Digests digests,
    AeadCiphers aeads,
    List<KeyExchange> keyExchanges,
    Signatures signatures) {
  public CryptoProvider {
    keyExchanges = List.copyOf(keyExchanges);
  }

  /** Null if this provider has no such group. */
  public @Nullable KeyExchange keyExchange(NamedGroup group) {
    for (KeyExchange exchange : keyExchanges) {
      if (exchange.group() == group) {
        return exchange;
      }
    }
    return null;
  }
}
