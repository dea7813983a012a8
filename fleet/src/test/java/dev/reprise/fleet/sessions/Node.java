/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.RedisAddress;
import dev.reprise.fleet.SessionStoreCounts;
import dev.reprise.fleet.redis.RedisLink;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A node's session store, with all that it needs of the node. */
final class Node implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofMillis(50);

  /** So long that a loaded machine does not matter where the deadline is not what is tested. */
  static final Duration NO_HURRY = Duration.ofSeconds(20);

  private static final AtomicInteger SEEDS = new AtomicInteger();

  final FakeClock clock = FakeClock.create();
  final StoreCounters counters = new StoreCounters();
  final AtomicInteger notices = new AtomicInteger();
  final FleetSettings settings;
  final RedisLink link;
  final RedisSessionStore shared;
  final TieredSessionStore tiered;
  final MemorySessionStore near;
  final StekSource keys;

  private Node(FleetSettings settings, Stek key) {
    this.settings = settings;
    this.link =
        new RedisLink(settings.address(), settings.key("changes"), notices::incrementAndGet);
    StekRing ring = StekRing.of(key);
    this.keys = () -> ring;
    this.near = new MemorySessionStore(1 << 20, clock, SeededRandom.of(3));
    this.shared =
        new RedisSessionStore(
            link, settings, keys, clock, SeededRandom.of(key.hashCode()), counters);
    this.tiered = new TieredSessionStore(link, settings, keys, clock, nonces(), near);
  }

  // The JDK's AES-GCM refuses to seal twice with one nonce.
  private static SecureRandom nonces() {
    return SeededRandom.of(SEEDS.incrementAndGet());
  }

  /** A node of the fleet whose key is made of the seed 1, with time to spare. */
  static Node at(String url) {
    return of(settings(url, "test", NO_HURRY), Samples.stek(1));
  }

  static Node of(FleetSettings settings, Stek key) {
    Node node = new Node(settings, key);
    Await.until("the link is up", node::seeks);
    return node;
  }

  /** One that does not wait for its link. */
  static Node alone(FleetSettings settings) {
    return new Node(settings, Samples.stek(1));
  }

  // The notice that a connection was made comes just after it: later ones are of something else.
  private boolean seeks() {
    link.seek();
    return link.isUp() && notices.get() > 0;
  }

  static FleetSettings settings(String url, String name, Duration deadline) {
    try {
      return new FleetSettings(
          RedisAddress.parse(url),
          name,
          "node",
          Duration.ofHours(6),
          Duration.ofHours(6),
          deadline);
    } catch (FleetException e) {
      throw new AssertionError(e);
    }
  }

  boolean put(Opaque id, Session session) {
    return Samples.join(shared.put(id, session, Samples.HOUR));
  }

  Lookup get(Opaque id) {
    return get(shared, id);
  }

  Lookup take(Opaque id) {
    return Samples.join(shared.take(id, ProtocolVersion.TLS13, Samples.SCOPE));
  }

  static Lookup get(SessionStore store, Opaque id) {
    return Samples.join(store.get(id, ProtocolVersion.TLS13, Samples.SCOPE));
  }

  SessionStoreCounts counts() {
    return counters.snapshot(0, shared.breaker());
  }

  /** The key in Redis. */
  byte[] key(Opaque id) {
    return new SessionPlaces(settings.sessionPrefix())
        .key(Objects.requireNonNull(SessionPlaces.hash(id)));
  }

  @Override
  public void close() {
    link.close();
    near.close();
  }
}
