/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * This node's key pairs: a new one with each epoch, and the one before for as long as something may
 * be on its way that was wrapped for it. What is gone opens nothing any more: neither a copy of
 * Redis nor of this node's memory yields a ticket key that was wrapped in an earlier epoch.
 */
final class OwnPairs implements AutoCloseable {
  private final SecureRandom random;
  private NodeKeyPair current;
  private @Nullable NodeKeyPair former;
  private long formerUntil;
  private long epoch = Long.MIN_VALUE;

  OwnPairs(SecureRandom random) {
    this.random = random;
    this.current = NodeKeyPair.generate(random);
  }

  Announcement announcement() {
    return current.announcement();
  }

  /** What the current pair is called. */
  Opaque id() {
    return current.id();
  }

  /** A new pair if a new epoch has begun, and the end of the former one if its time is up. */
  void keepUp(long epochNow, long now, long graceMillis) {
    if (epoch != Long.MIN_VALUE && epochNow != epoch) {
      endFormer();
      former = current;
      formerUntil = now + graceMillis;
      current = NodeKeyPair.generate(random);
    }
    epoch = epochNow;
    if (former != null && now >= formerUntil) {
      endFormer();
    }
  }

  /** New ones at once: the old ones may be known. */
  void replace() {
    endFormer();
    current.close();
    current = NodeKeyPair.generate(random);
  }

  /** The names of all that something may be wrapped for. */
  List<Opaque> ids() {
    return Stream.of(current, former)
        .filter(java.util.Objects::nonNull)
        .map(NodeKeyPair::id)
        .toList();
  }

  /** The secret in {@code wrap}, or null if it does not open. */
  @Nullable Secret open(
      Opaque pair, String fleet, List<FleetKey> keys, KeyRecord record, byte[] wrap) {
    NodeKeyPair own = former != null && pair.equals(former.id()) ? former : current;
    for (FleetKey key : keys) {
      Secret secret = own.open(fleet, key, record, wrap);
      if (secret != null) {
        return secret;
      }
    }
    return null;
  }

  private void endFormer() {
    if (former != null) {
      former.close();
      former = null;
    }
  }

  @Override
  public void close() {
    endFormer();
    current.close();
  }
}
