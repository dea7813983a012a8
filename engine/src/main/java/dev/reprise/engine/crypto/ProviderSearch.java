/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link ProviderChoice}: loads what is there, tries it out, takes the first that works.
 */
final class ProviderSearch {
  private static final String NOTHING_BUT_THE_JDK = "jdk";

  private final SecureRandom random;
  private final Map<NativeLibrary, Provider> found = new EnumMap<>(NativeLibrary.class);
  private final List<String> unusable = new ArrayList<>();

  ProviderSearch(SecureRandom random) {
    this.random = random;
  }

  /**
   * @param names as {@link ProviderChoice#PROPERTY} has them; null for all
   */
  ProviderChoice among(@Nullable String names) {
    for (NativeLibrary library : allowed(names)) {
      find(library);
    }
    return choose(JcaProviders.jdk());
  }

  /** As if {@code provider} were the first choice for all but X25519. */
  ProviderChoice amongLoaded(Provider provider) {
    found.put(NativeLibrary.CORRETTO, provider);
    return choose(JcaProviders.jdk());
  }

  private ProviderChoice choose(JcaProviders jdk) {
    NativeLibrary corretto = NativeLibrary.CORRETTO;
    NativeLibrary conscrypt = NativeLibrary.CONSCRYPT;
    JcaProviders chosen =
        new JcaProviders(
            jdk.digest(),
            jdk.hmac(),
            jdk.aesGcm(),
            jdk.chaCha20Poly1305(),
            first("X25519", ProviderProbe.X25519, jdk.x25519(), conscrypt),
            first("ECDH", ProviderProbe.ELLIPTIC_CURVE, jdk.ellipticCurve(), corretto, conscrypt),
            jdk.mlKem(),
            first("ECDSA", ProviderProbe.ECDSA, jdk.ecdsa(), corretto, conscrypt),
            first("Ed25519", ProviderProbe.ED25519, jdk.ed25519(), corretto, conscrypt),
            first("RSA", ProviderProbe.RSA, jdk.rsa(), corretto, conscrypt),
            firstOrNull("AES-GCM in direct memory", ProviderProbe.DIRECT_AES_GCM, conscrypt));
    return new ProviderChoice(chosen, unusable);
  }

  private Set<NativeLibrary> allowed(@Nullable String names) {
    if (names == null) {
      return EnumSet.allOf(NativeLibrary.class);
    }
    Set<NativeLibrary> allowed = EnumSet.noneOf(NativeLibrary.class);
    Arrays.stream(names.split(",", -1)).map(String::strip).forEach(name -> allow(name, allowed));
    return allowed;
  }

  private void allow(String name, Set<NativeLibrary> allowed) {
    NativeLibrary library = NativeLibrary.named(name);
    if (library != null) {
      allowed.add(library);
    } else if (!name.equalsIgnoreCase(NOTHING_BUT_THE_JDK)) {
      unusable.add(
          "The system property "
              + ProviderChoice.PROPERTY
              + " names \""
              + name
              + "\"; it knows AmazonCorrettoCryptoProvider, Conscrypt and jdk");
    }
  }

  private void find(NativeLibrary library) {
    try {
      Provider provider = library.load();
      if (provider != null) {
        found.put(library, provider);
      }
    } catch (Throwable e) {
      unusable.add(library.providerName() + " is there and cannot be loaded: " + e);
    }
  }

  private Provider first(
      String primitive, ProviderProbe probe, Provider jdk, NativeLibrary... order) {
    Provider first = firstOrNull(primitive, probe, order);
    return first == null ? jdk : first;
  }

  private @Nullable Provider firstOrNull(
      String primitive, ProviderProbe probe, NativeLibrary... order) {
    for (NativeLibrary library : order) {
      Provider provider = found.get(library);
      if (provider != null && works(primitive, probe, provider)) {
        return provider;
      }
    }
    return null;
  }

  private boolean works(String primitive, ProviderProbe probe, Provider provider) {
    try {
      probe.check(provider, random);
      return true;
    } catch (Throwable e) {
      unusable.add(primitive + " of " + provider.getName() + " does not work: " + cause(e));
      return false;
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }
}
