/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fastest provider of each primitive among those that are there, and why others that are there
 * were passed over. The order of choice and its figures are in docs/decisions.md.
 *
 * <p>A native provider draws its ephemeral keys and signatures from a generator of its own, not
 * from the given one.
 *
 * @param unusable one sentence for each provider, or primitive of one, that did not work
 */
public record ProviderChoice(JcaProviders providers, List<String> unusable) {
  /**
   * The system property that says which providers may stand in for the JDK's, by their names with a
   * comma between: {@code AmazonCorrettoCryptoProvider}, {@code Conscrypt}. With {@code jdk} alone
   * none may; unset, all may.
   */
  public static final String PROPERTY = "reprise.cryptoProviders";

  /** Native libraries are loaded once in a process, and a failure to load one stays. */
  private static @Nullable ProviderChoice made;

  public ProviderChoice {
    unusable = List.copyOf(unusable);
  }

  /**
   * From what is on the class path, on the module path or registered. The first call loads native
   * libraries, which takes some tenths of a second; later ones give the same again.
   *
   * @param random for trying out what is found
   * @throws IllegalStateException if a primitive has no provider at all
   */
  public static synchronized ProviderChoice fastest(SecureRandom random) {
    ProviderChoice known = made;
    if (known == null) {
      known = new ProviderSearch(random).among(System.getProperty(PROPERTY));
      made = known;
    }
    return known;
  }

  /** For people: which provider does what, in one line. */
  public String description() {
    return ProviderSentence.of(providers);
  }
}
