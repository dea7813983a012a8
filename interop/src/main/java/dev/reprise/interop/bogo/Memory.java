/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.engine.resumption.TicketSealer;
import dev.reprise.engine.wire.Opaque;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What one connection leaves to the next: sessions, ticket keys, and a clock that goes only when it
 * is moved.
 */
final class Memory implements ClientSessionStore, InstantSource {
  static final ClientSessionKey KEY = new ClientSessionKey("runner", 0, "");

  private static final int STORE_BYTES = 1 << 20;

  final SecureRandom random = new SecureRandom();
  final MemorySessionStore sessions = new MemorySessionStore(STORE_BYTES, this, random);
  final TicketSealer sealer = new TicketSealer(this::ring, random, this);

  private final MemoryClientSessionStore received = new MemoryClientSessionStore(this);
  private Instant now = Instant.now();
  private StekRing ring = StekRing.of();
  private int puts;

  Memory() {
    rotateTicketKeys();
  }

  @Override
  public Instant instant() {
    return now;
  }

  void moveClock(Duration by) {
    now = now.plus(by);
  }

  private StekRing ring() {
    return ring;
  }

  /**
   * From now on tickets are sealed under a new key, and old ones are renewed when they are used.
   */
  void rotateTicketKeys() {
    moveClock(Duration.ofMillis(1));
    long now = millis();
    long end = now + Duration.ofDays(7).toMillis();
    Stek next =
        new Stek(
            Opaque.takeOver(bytes(Stek.NAME_LENGTH)),
            Secret.takeOver(bytes(Stek.SECRET_LENGTH)),
            now,
            now,
            end,
            end);
    @Nullable Stek last = ring.issuing(now);
    ring =
        last == null
            ? StekRing.of(next)
            : StekRing.of(
                new Stek(
                    last.name(),
                    last.secret(),
                    last.publishAtMillis(),
                    last.issueFromMillis(),
                    now,
                    last.acceptUntilMillis()),
                next);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** How many sessions a client has received. */
  int puts() {
    return puts;
  }

  @Override
  public void put(ClientSessionKey key, ClientSession session) {
    puts++;
    received.put(key, session);
  }

  @Override
  public @Nullable ClientSession take(ClientSessionKey key) {
    return received.take(key);
  }

  @Override
  public void remove(ClientSessionKey key, ClientSession session) {
    received.remove(key, session);
  }

  @Override
  public void removeAll(ClientSessionKey key) {
    received.removeAll(key);
  }
}
