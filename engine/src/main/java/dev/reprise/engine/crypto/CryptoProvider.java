/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where every primitive comes from: data, so that one of them can be replaced and the rest kept.
 *
 * @param random for everything that is drawn at random
 * @param keyExchanges each group once; which of them is preferred is for configuration to say
 */
public record CryptoProvider(
    SecureRandom random,
    Digests digests,
    AeadCiphers aeads,
    List<KeyExchange> keyExchanges,
    Signatures signatures) {
  public CryptoProvider {
    keyExchanges = List.copyOf(keyExchanges);
    if (keyExchanges.stream().map(KeyExchange::group).distinct().count() != keyExchanges.size()) {
      throw new IllegalArgumentException("A group has two key exchanges");
    }
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
