/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.testkit.SeededRandom;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Where primitives come from, as far as that provider has them; the rest is the JDK's. */
public enum Library {
  JDK {
    @Override
    JcaProviders providers() {
      return JcaProviders.jdk();
    }
  },

  CORRETTO {
    @Override
    JcaProviders providers() {
      Provider corretto = loaded(NativeLibrary.CORRETTO);
      return with(JcaProviders.jdk().x25519(), corretto);
    }
  },

  CONSCRYPT {
    @Override
    JcaProviders providers() {
      Provider conscrypt = loaded(NativeLibrary.CONSCRYPT);
      return with(conscrypt, conscrypt);
    }
  },

  /** Each primitive from the fastest, as users have it by default. */
  FASTEST {
    @Override
    JcaProviders providers() {
      loaded(NativeLibrary.CORRETTO);
      loaded(NativeLibrary.CONSCRYPT);
      return ProviderChoice.fastest(SeededRandom.of(1)).providers();
    }

    @Override
    public AeadCiphers aeads() {
      return crypto().aeads();
    }
  };

  private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");

  abstract JcaProviders providers();

  /** With randomness that is the same in every run, as far as the library uses it. */
  public CryptoProvider crypto() {
    return crypto(SeededRandom.of(1));
  }

  /**
   * Its own ciphers for records too, although the JDK's are the faster ones; of what it has not, or
   * under another name, the JDK's.
   */
  public AeadCiphers aeads() {
    JcaProviders jdk = JcaProviders.jdk();
    Provider own = providers().ecdsa();
    boolean gcm = own.getService("Cipher", "AES/GCM/NoPadding") != null;
    boolean chaCha = own.getService("Cipher", "ChaCha20-Poly1305") != null;
    return JcaCryptoProvider.create(
            SeededRandom.of(1),
            new JcaProviders(
                jdk.digest(),
                jdk.hmac(),
                gcm ? own : jdk.aesGcm(),
                chaCha ? own : jdk.chaCha20Poly1305(),
                jdk.x25519(),
                jdk.ellipticCurve(),
                jdk.mlKem(),
                jdk.ecdsa(),
                jdk.ed25519(),
                jdk.rsa()))
        .aeads();
  }

  CryptoProvider crypto(SecureRandom random) {
    return JcaCryptoProvider.create(random, providers());
  }

  /** Which is on the class path; only a platform without its native code may be without it. */
  static Provider loaded(NativeLibrary library) {
    @Nullable Provider provider = null;
    try {
      provider = library.load();
    } catch (Throwable e) {
      if (System.getProperty("os.name").equals("Linux")
          && PROCESSORS.contains(System.getProperty("os.arch"))) {
        throw new AssertionError(library + " cannot be loaded", e);
      }
      Assumptions.abort(library + " has nothing for this platform");
    }
    if (provider == null) {
      throw new AssertionError(library + " is not on the class path");
    }
    return provider;
  }

  private static JcaProviders with(Provider x25519, Provider rest) {
    JcaProviders jdk = JcaProviders.jdk();
    return new JcaProviders(
        jdk.digest(),
        jdk.hmac(),
        jdk.aesGcm(),
        jdk.chaCha20Poly1305(),
        x25519,
        rest,
        jdk.mlKem(),
        rest,
        rest,
        rest);
  }
}
