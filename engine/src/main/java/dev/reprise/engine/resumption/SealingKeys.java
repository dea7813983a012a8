/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ciphers of the ring's keys for one format: made when a key enters the ring, wiped with the
 * key.
 */
final class SealingKeys {
  /** A key ready to seal and to open. */
  record Key(Stek stek, Xaes256Gcm cipher, Opaque additionalData) {
    /** The same, and where what is sealed lies. */
    Opaque additionalData(Opaque place) {
      if (place.isEmpty()) {
        return additionalData;
      }
      byte[] bytes = new byte[additionalData.length() + place.length()];
      additionalData.copyTo(bytes, 0);
      place.copyTo(bytes, additionalData.length());
      return Opaque.takeOver(bytes);
    }
  }

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
  private final SealingFormat format;
  private volatile Current current = new Current(StekRing.of(), List.of());

  SealingKeys(StekSource source, SealingFormat format) {
    this.source = source;
    this.format = format;
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
      Xaes256Gcm cipher = stek.cipher(format);
      if (cipher != null) {
        keys.add(new Key(stek, cipher, additionalData(stek.name())));
      }
    }
    Current after = new Current(ring, List.copyOf(keys));
    current = after;
    return after;
  }

  private Opaque additionalData(Opaque name) {
    byte[] label = format.label();
    byte[] bytes = Arrays.copyOf(label, label.length + name.length());
    name.copyTo(bytes, label.length);
    return Opaque.takeOver(bytes);
  }
}
