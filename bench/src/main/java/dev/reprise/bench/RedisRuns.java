/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.RedisAddress;
import dev.reprise.fleet.redis.RedisLink;
import dev.reprise.fleet.sessions.RedisSessionStore;
import dev.reprise.fleet.sessions.StoreCounters;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.redis.RealRedis;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** What a session takes in Redis, and what its commands cost there: a real one on loopback. */
final class RedisRuns {
  static final String NOTES =
      "Bytes: growth of Redis's used_memory, all in. µs of processor: what the process of Redis has"
          + " used for each command, the network included, with 256 under way.";

  private static final Duration LIFETIME = Duration.ofHours(6);
  private static final int UNDER_WAY = 256;
  private static final ResumptionScope SCOPE =
      ResumptionScope.of(Opaque.ofHex("00"), "NONE", List.of(), "default", "");

  /** One line. */
  private record Kind(String title, ProtocolVersion version, List<Opaque> chain) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("TLS 1.2", ProtocolVersion.TLS12, List.of()),
          new Kind("TLS 1.3", ProtocolVersion.TLS13, List.of()),
          new Kind(
              "TLS 1.3, client certificate of 900 bytes",
              ProtocolVersion.TLS13,
              List.of(random(1, 900))));

  private final int sessions;

  RedisRuns(boolean quick) {
    this.sessions = quick ? 20_000 : 100_000;
  }

  /** Runs all and returns the table. */
  String run() throws IOException {
    Markdown text =
        new Markdown(
            "session",
            "how many",
            "bytes each in Redis",
            "of them its record",
            "µs of processor: SET",
            "GET",
            "GETDEL");
    for (Kind kind : KINDS) {
      try (RealRedis redis = RealRedis.start()) {
        text.line(line(kind, redis));
      }
    }
    return text.toString();
  }

  private String[] line(Kind kind, RealRedis redis) throws IOException {
    RedisLink link = new RedisLink(settings(redis).address(), new byte[] {1}, () -> {});
    try {
      Await.until(
          "Redis is there",
          () -> {
            link.seek();
            return link.isUp();
          });
      return measure(kind, redis, store(link, settings(redis)));
    } finally {
      link.close();
    }
  }

  private String[] measure(Kind kind, RealRedis redis, RedisSessionStore store) {
    long before = memory(redis);
    double put = cost(redis, number -> store.put(id(number), session(kind, number), LIFETIME));
    long bytes = memory(redis) - before;
    long record = redis.askNumber("STRLEN", redis.askBytes("RANDOMKEY"));
    double get = cost(redis, number -> store.get(id(number), kind.version(), SCOPE));
    double take = cost(redis, number -> store.take(id(number), kind.version(), SCOPE));
    if (redis.askNumber("DBSIZE") != 0) {
      throw new IllegalStateException("Not all sessions were found");
    }
    return new String[] {
      kind.title(),
      count(sessions),
      Long.toString(Math.round((double) bytes / sessions)),
      Long.toString(record),
      Markdown.number(put),
      Markdown.number(get),
      Markdown.number(take)
    };
  }

  /** What one command takes of Redis's processor, in microseconds. */
  private double cost(RealRedis redis, IntFunction<CompletionStage<?>> call) {
    Semaphore underWay = new Semaphore(UNDER_WAY);
    LongAdder failed = new LongAdder();
    double processorBefore = processor(redis);
    for (int i = 0; i < sessions; i++) {
      underWay.acquireUninterruptibly();
      CompletionStage<?> _ =
          call.apply(i)
              .whenComplete((answer, _) -> {
                if (Boolean.FALSE.equals(answer)) {
                  failed.increment();
                }
                underWay.release();
              });
    }
    underWay.acquireUninterruptibly(UNDER_WAY);
    if (failed.sum() > 0) {
      throw new IllegalStateException(failed + " sessions were not stored");
    }
    return (processor(redis) - processorBefore) / sessions * 1e6;
  }

  private static double processor(RealRedis redis) {
    return Double.parseDouble(redis.info("cpu", "used_cpu_user"))
        + Double.parseDouble(redis.info("cpu", "used_cpu_sys"));
  }

  private static long memory(RealRedis redis) {
    return Long.parseLong(redis.info("memory", "used_memory"));
  }

  private static RedisSessionStore store(RedisLink link, FleetSettings settings) {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    return new RedisSessionStore(
        link,
        settings,
        new RotatingStekSource(clock, random, LIFETIME, LIFETIME),
        clock,
        random,
        new StoreCounters());
  }

  private static FleetSettings settings(RealRedis redis) throws IOException {
    try {
      return new FleetSettings(
          RedisAddress.parse(redis.url()),
          FleetSettings.DEFAULT_NAME,
          "bench",
          LIFETIME,
          LIFETIME,
          Duration.ofSeconds(10));
    } catch (FleetException e) {
      throw new IOException(e.sentence(), e);
    }
  }

  private static Session session(Kind kind, int number) {
    long now = System.currentTimeMillis();
    CipherSuite suite =
        switch (kind.version()) {
          case TLS12 -> CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
          case TLS13 -> CipherSuite.TLS_AES_128_GCM_SHA256;
        };
    int length = kind.version() == ProtocolVersion.TLS12 ? 48 : suite.hash().length();
    return new Session(
        kind.version(),
        suite,
        Secret.takeOver(random(~number, length).toArray()),
        true,
        now,
        now,
        number,
        now + LIFETIME.toMillis(),
        0,
        SCOPE,
        "www.example.com",
        "h2",
        kind.chain());
  }

  private static Opaque id(int number) {
    return random(number, 32);
  }

  private static Opaque random(int seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return Opaque.takeOver(bytes);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
