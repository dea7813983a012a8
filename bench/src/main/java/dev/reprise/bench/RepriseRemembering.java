/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** What a full handshake would put into the store: random ID and secret, name, ALPN and times. */
final class RepriseRemembering implements Remembering {
  private static final Duration LIFETIME = Duration.ofHours(6);
  private static final ResumptionScope SCOPE =
      ResumptionScope.of(Opaque.ofHex("00"), "NONE", List.of(), "default", "");

  private final InstantSource clock = InstantSource.system();
  private final IntFunction<String> names;
  private final MemorySessionStore store;

  RepriseRemembering(long maxBytes, IntFunction<String> names) {
    this.names = names;
    this.store = new MemorySessionStore(maxBytes, clock, new SecureRandom());
  }

  @Override
  public void add(int number) {
    long now = clock.millis();
    try (Session session = session(number, now)) {
      if (!store.put(id(number), session, LIFETIME).toCompletableFuture().join()
          || store.evictions() > 0) {
        throw new IllegalStateException("The store is too small");
      }
    }
  }

  @Override
  public boolean find(int number) {
    Lookup lookup =
        store.get(id(number), ProtocolVersion.TLS12, SCOPE).toCompletableFuture().join();
    if (lookup instanceof Lookup.Found(Session session)) {
      session.close();
      return true;
    }
    return false;
  }

  private Session session(int number, long now) {
    return new Session(
        ProtocolVersion.TLS12,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        Secret.takeOver(random(~number, 48)),
        true,
        now,
        now,
        number,
        now + LIFETIME.toMillis(),
        0,
        SCOPE,
        names.apply(number),
        "h2",
        List.of());
  }

  private static Opaque id(int number) {
    return Opaque.takeOver(random(number, 32));
  }

  private static byte[] random(int seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong());
    }
    return bytes.array();
  }
}
