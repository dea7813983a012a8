/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import java.util.Arrays;
import java.util.List;

/** Sessions that are there before the connection is. */
final class FuzzedSessions {
  static final String SERVER_NAME = "server.example";
  private static final long DAY = 86_400_000;

  private FuzzedSessions() {}

  static Session session(ProtocolVersion version, ResumptionScope scope) {
    CipherSuite suite =
        switch (version) {
          case TLS12 -> CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
          case TLS13 -> CipherSuite.TLS_AES_128_GCM_SHA256;
        };
    byte[] secret = new byte[version == ProtocolVersion.TLS12 ? 48 : 32];
    Arrays.fill(secret, BelievingCrypto.CONSTANT);
    long now = FakeClock.START.toEpochMilli();
    return new Session(
        version,
        suite,
        Secret.takeOver(secret),
        version == ProtocolVersion.TLS12,
        now,
        now,
        7,
        now + DAY / 4,
        0,
        scope,
        SERVER_NAME,
        null,
        List.of());
  }

  /** 32 bytes: an ID of TLS 1.2, and as long as a stateful ticket of TLS 1.3. */
  static Opaque id(ProtocolVersion version) {
    byte[] id = new byte[32];
    Arrays.fill(id, (byte) (version == ProtocolVersion.TLS12 ? 0x12 : 0x13));
    return Opaque.takeOver(id);
  }
}
