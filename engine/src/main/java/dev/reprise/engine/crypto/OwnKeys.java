/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Private keys as keys of the provider that signs with them. A native provider that is given a key
 * of another class decodes it and checks it anew for every signature, which takes longer than the
 * signature does; so each key is translated once, and forgotten with the key it was made from.
 */
final class OwnKeys {
  private final Map<Identity, Optional<PrivateKey>> known = new ConcurrentHashMap<>();
  private final ReferenceQueue<PrivateKey> forgotten = new ReferenceQueue<>();

  /** The key itself, if the provider has no other form of it or does not understand it. */
  PrivateKey of(PrivateKey key, Provider provider) {
    removeForgotten();
    return known
        .computeIfAbsent(new Identity(key, forgotten), _ -> translated(key, provider))
        .orElse(key);
  }

  /** Never {@code key}, which what is kept here must not keep alive. */
  @SuppressWarnings("ReferenceEquality") // A key that is equal may still be another object.
  private static Optional<PrivateKey> translated(PrivateKey key, Provider provider) {
    try {
      return KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key)
                  instanceof PrivateKey own
              && own != key
          ? Optional.of(own)
          : Optional.empty();
    } catch (GeneralSecurityException | RuntimeException | LinkageError _) {
      // Then the provider gets the key as it is, and what it says of it counts.
      return Optional.empty();
    }
  }

  private void removeForgotten() {
    for (Reference<?> each = forgotten.poll(); each != null; each = forgotten.poll()) {
      known.remove(each);
    }
  }

  int size() {
    removeForgotten();
    return known.size();
  }

  /** Of a key: one that is equal would have to show what it is. */
  private static final class Identity extends WeakReference<PrivateKey> {
    private final int hash;

    Identity(PrivateKey key, ReferenceQueue<PrivateKey> forgotten) {
      super(key, forgotten);
      this.hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      PrivateKey key = get();
      return this == other
          || (key != null && other instanceof Identity identity && identity.refersTo(key));
    }
  }
}
