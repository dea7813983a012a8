/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionCodec;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/** Sessions, keys and IDs to test with. */
final class Samples {
  static final Duration HOUR = Duration.ofHours(1);
  static final ResumptionScope SCOPE = scope("here");
  static final ResumptionScope OTHER_SCOPE = scope("elsewhere");
  private static final long NOW = FakeClock.START.toEpochMilli();

  private Samples() {}

  private static ResumptionScope scope(String label) {
    return ResumptionScope.of(Opaque.ofHex("0102"), "none", List.of(), "default", label);
  }

  static Session session(ProtocolVersion version) {
    return session(version, "www.example.com", List.of());
  }

  static Session session(ProtocolVersion version, String name, List<Opaque> chain) {
    CipherSuite suite =
        switch (version) {
          case TLS12 -> CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
          case TLS13 -> CipherSuite.TLS_AES_128_GCM_SHA256;
        };
    int length = version == ProtocolVersion.TLS12 ? 48 : suite.hash().length();
    return new Session(
        version,
        suite,
        Secret.takeOver(bytes(name.hashCode(), length).toArray()),
        true,
        NOW,
        NOW,
        0x0123_4567_89ab_cdefL,
        NOW + 6 * HOUR.toMillis(),
        version == ProtocolVersion.TLS13 ? 0xfedc_ba98L : 0,
        SCOPE,
        name,
        "h2",
        chain);
  }

  static Opaque bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Opaque.takeOver(bytes);
  }

  static Opaque id(long seed) {
    return bytes(seed, 32);
  }

  /** A key that issues for 6 h from now and opens for 6 h after. */
  static Stek stek(long seed) {
    long hour = HOUR.toMillis();
    return new Stek(
        bytes(seed, Stek.NAME_LENGTH),
        Secret.takeOver(bytes(~seed, Stek.SECRET_LENGTH).toArray()),
        NOW,
        NOW,
        NOW + 6 * hour,
        NOW + 12 * hour);
  }

  static void assertSame(Session expected, Session actual) {
    assertEquals(expected.lineage(), actual.lineage());
    assertArrayEquals(SessionCodec.encode(expected), SessionCodec.encode(actual));
  }

  /** The value of a stage, which keeps its own deadline. */
  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
