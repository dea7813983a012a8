/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;

/**
 * The providers that do better than the JDK, as far as they are known here. They are looked for by
 * name, so that the engine depends on none.
 */
enum NativeLibrary {
  CORRETTO(
      "AmazonCorrettoCryptoProvider",
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider") {
    @Override
    Provider make(Class<?> type) throws ReflectiveOperationException {
      Provider provider = (Provider) type.getField("INSTANCE").get(null);
      // Without its library it is there and offers nothing.
      if (type.getMethod("getLoadingError").invoke(provider) instanceof Throwable failure) {
        throw new InvocationTargetException(failure);
      }
      return provider;
    }
  },

  CONSCRYPT("Conscrypt", "org.conscrypt.OpenSSLProvider") {
    @Override
    Provider make(Class<?> type) throws ReflectiveOperationException {
      return (Provider) type.getConstructor().newInstance();
    }
  };

  private final String providerName;
  private final String className;

  NativeLibrary(String providerName, String className) {
    this.providerName = providerName;
    this.className = className;
  }

  abstract Provider make(Class<?> type) throws ReflectiveOperationException;

  /** Under which JCA knows it. */
  String providerName() {
    return providerName;
  }

  static @Nullable NativeLibrary named(String name) {
    for (NativeLibrary library : values()) {
      if (library.providerName.equalsIgnoreCase(name)) {
        return library;
      }
    }
    return null;
  }

  /**
   * The provider, or null where there is none: neither beside the engine, on the class or the
   * module path, nor registered.
   *
   * @throws Throwable what kept its native library from being loaded
   */
  @Nullable Provider load() throws Throwable {
    Class<?> type;
    try {
      type = Class.forName(className, false, NativeLibrary.class.getClassLoader());
    } catch (ClassNotFoundException _) {
      return Security.getProvider(providerName);
    }
    try {
      return make(type);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
