/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Sessions, scopes and keys to test with. */
final class Samples {
  static final long NOW = FakeClock.START.toEpochMilli();
  static final long HOUR = 3_600_000;
  static final ResumptionScope SCOPE = scope("here");
  static final ResumptionScope OTHER_SCOPE = scope("elsewhere");

  private Samples() {}

  static ResumptionScope scope(String label) {
    return ResumptionScope.of(Opaque.ofHex("0102"), "none", List.of(), "default", label);
  }

  static Session session(ProtocolVersion version) {
    return session(version, "www.example.com", List.of());
  }

  static Session session(ProtocolVersion version, @Nullable String name, List<Opaque> chain) {
    CipherSuite suite =
        switch (version) {
          case TLS12 -> CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
          case TLS13 -> CipherSuite.TLS_AES_128_GCM_SHA256;
        };
    return session(suite, secretBytes(suite, 1), NOW, NOW, NOW + 6 * HOUR, name, "h2", chain);
  }

  static Session session(
      CipherSuite suite,
      byte[] secret,
      long created,
      long authenticated,
      long expires,
      @Nullable String serverName,
      @Nullable String protocol,
      List<Opaque> chain) {
    return new Session(
        suite.version(),
        suite,
        Secret.copyOf(secret),
        true,
        created,
        authenticated,
        0x0123_4567_89ab_cdefL,
        expires,
        0xfedc_ba98L,
        SCOPE,
        serverName,
        protocol,
        chain);
  }

  static Session sessionWithTimes(long created, long authenticated, long expires) {
    CipherSuite suite = CipherSuite.TLS_AES_128_GCM_SHA256;
    return session(
        suite, secretBytes(suite, 1), created, authenticated, expires, null, null, List.of());
  }

  static byte[] secretBytes(CipherSuite suite, long seed) {
    byte[] secret = new byte[Session.secretLength(suite)];
    new Random(seed).nextBytes(secret);
    return secret;
  }

  static Opaque bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Opaque.takeOver(bytes);
  }

  /** A key that issues for 6 h from now and opens for 6 h after. */
  static Stek stek(long seed) {
    return stek(seed, NOW, NOW, NOW + 6 * HOUR, NOW + 12 * HOUR);
  }

  static Stek stek(long seed, long publish, long issueFrom, long issueUntil, long acceptUntil) {
    Opaque name = bytes(seed, Stek.NAME_LENGTH);
    Secret secret = Secret.takeOver(bytes(~seed, Stek.SECRET_LENGTH).toArray());
    return new Stek(name, secret, publish, issueFrom, issueUntil, acceptUntil);
  }

  /** Whether two sessions say the same; records cannot know, since secrets have an identity. */
  static boolean same(Session a, Session b) {
    return a.secret().sameAs(b.secret())
        && a.version() == b.version()
        && a.suite() == b.suite()
        && a.extendedMasterSecret() == b.extendedMasterSecret()
        && a.createdAtMillis() == b.createdAtMillis()
        && a.authenticatedAtMillis() == b.authenticatedAtMillis()
        && a.lineage() == b.lineage()
        && a.expiresAtMillis() == b.expiresAtMillis()
        && a.ticketAgeAdd() == b.ticketAgeAdd()
        && a.scope().equals(b.scope())
        && java.util.Objects.equals(a.serverName(), b.serverName())
        && java.util.Objects.equals(a.applicationProtocol(), b.applicationProtocol())
        && a.peerCertificates().equals(b.peerCertificates());
  }

  /** Every kind of session, with chains of up to four short certificates. */
  static Arbitrary<Session> sessions() {
    Arbitrary<CipherSuite> suites = Arbitraries.of(CipherSuite.class);
    Arbitrary<Long> times = Arbitraries.longs();
    Arbitrary<@Nullable String> names =
        Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(255).injectNull(0.2);
    Arbitrary<@Nullable String> protocols =
        Arbitraries.strings()
            .withCharRange('\0', '\u00ff')
            .ofMinLength(1)
            .ofMaxLength(255)
            .injectNull(0.2);
    Arbitrary<List<Opaque>> chains =
        Arbitraries.integers().between(1, 300).map(n -> bytes(n, n)).list().ofMaxSize(4);
    return Combinators.combine(suites, times, times, times, names, protocols, chains)
        .as((suite, created, authenticated, expires, name, protocol, chain) ->
            session(
                suite,
                secretBytes(suite, created),
                created,
                authenticated,
                expires,
                name,
                protocol,
                Collections.unmodifiableList(chain)));
  }
}
