/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The ciphers of the ring's keys: made when a key enters the ring, wiped with the key. The sealing
 * key is HKDF-SHA-256 of the STEK's secret with the ticket format's label. RFC 5077, Section 5.5:
 * "The keys should be changed if the ticket format or cryptographic protection algorithms change."
 */
final class SealingKeys {
  private static final byte[] FORMAT =
      "reprise ticket 1 XAES-256-GCM".getBytes(StandardCharsets.US_ASCII);

  /** A key ready to seal and to open. */
  record Key(Stek stek, Xaes256Gcm cipher, Opaque additionalData) {}

  /** The keys that belong to one ring. */
  record Current(StekRing ring, List<Key> keys) {
    // A source returns the same object as long as nothing changes, and this is asked every time.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(StekRing other) {
      return ring == other;
    }

    @Nullable Key issuing(long now) {
      return find(ring.issuing(now));
    }

    @Nullable Key accepting(Opaque name, long now) {
      return find(ring.accepting(name, now));
    }

    boolean isOlder(Key key, long now) {
      Stek issuing = ring.issuing(now);
      return issuing != null && key.stek().issueFromMillis() < issuing.issueFromMillis();
    }

    private @Nullable Key find(@Nullable Stek stek) {
      // By the secret: the times of a key may be moved while it lives.
      for (Key key : keys) {
        if (stek != null && key.stek().secret() == stek.secret()) {
          return key;
        }
      }
      return null;
    }
  }

  private final StekSource source;
  private volatile Current current = new Current(StekRing.of(), List.of());

  SealingKeys(StekSource source) {
    this.source = source;
  }

  Current current() {
    Current seen = current;
    return seen.isOf(source.ring()) ? seen : follow();
  }

  // Asks the source again under the lock: of two threads with different rings the later one wins.
  private synchronized Current follow() {
    StekRing ring = source.ring();
    Current before = current;
    if (before.isOf(ring)) {
      return before;
    }
    List<Key> keys = new ArrayList<>();
    for (Stek stek : ring.keys()) {
      Xaes256Gcm cipher = stek.cipher();
      if (cipher != null) {
        keys.add(new Key(stek, cipher, additionalData(stek.name())));
      }
    }
    Current after = new Current(ring, List.copyOf(keys));
    current = after;
    return after;
  }

  static @Nullable Xaes256Gcm cipher(byte[] secret) {
    HKDFParameterSpec sealingKey =
        HKDFParameterSpec.ofExtract()
            .addIKM(new JdkAes.Key(secret))
            .thenExpand(FORMAT, Xaes256Gcm.KEY_LENGTH);
    try {
      byte[] key = KDF.getInstance("HKDF-SHA256").deriveData(sealingKey);
      try {
        return Xaes256Gcm.of(key);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    } catch (GeneralSecurityException | TlsException _) {
      return null;
    }
  }

  private static Opaque additionalData(Opaque name) {
    byte[] bytes = Arrays.copyOf(FORMAT, FORMAT.length + name.length());
    name.copyTo(bytes, FORMAT.length);
    return Opaque.takeOver(bytes);
  }
}
