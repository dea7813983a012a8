/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** TLS 1.2 sessions in the store of a fleet, by the numbers that a test gives them. */
final class TestSessions {
  private static final int SECRET_LENGTH = 48;
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final ResumptionScope SCOPE =
      ResumptionScope.of(Opaque.ofHex("0102"), "none", List.of(), "default", "here");

  private TestSessions() {}

  /** Whether it was stored, somewhere. */
  static boolean put(Fleet node, int number, SecureRandom random) {
    byte[] secret = new byte[SECRET_LENGTH];
    random.nextBytes(secret);
    long now = node.clock().millis();
    Session session =
        new Session(
            ProtocolVersion.TLS12,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            Secret.takeOver(secret),
            true,
            now,
            now,
            number,
            now + LIFETIME.toMillis(),
            0,
            SCOPE,
            "www.example.com",
            "h2",
            List.of());
    try {
      return node.sessionStore().put(id(number), session, LIFETIME).toCompletableFuture().join();
    } finally {
      session.secret().close();
    }
  }

  /** Whether a client that offers it to {@code node} would resume it. */
  static boolean finds(Fleet node, int number) {
    Lookup lookup =
        node.sessionStore()
            .get(id(number), ProtocolVersion.TLS12, SCOPE)
            .toCompletableFuture()
            .join();
    if (lookup instanceof Lookup.Found found) {
      found.session().secret().close();
      return true;
    }
    return false;
  }

  /** As after a fatal alert. */
  static void remove(Fleet node, int number) {
    boolean _ = node.sessionStore().remove(id(number)).toCompletableFuture().join();
  }

  private static Opaque id(int number) {
    byte[] id = new byte[32];
    id[0] = (byte) number;
    return Opaque.takeOver(id);
  }
}
