/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.resumption.TicketSealer;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.TestCertificates;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sealing and opening a TLS 1.3 session, and what junk costs the server that is sent it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TicketBenchmark {
  private static final Duration LIFETIME = Duration.ofHours(6);

  private TicketSealer sealer;
  private Session session;
  private Opaque ticket;
  private Opaque unknownName;
  private Opaque badTag;

  @Setup
  public void seal() {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    sealer =
        new TicketSealer(new RotatingStekSource(clock, random, LIFETIME, LIFETIME), random, clock);
    session = session(clock.millis());
    ticket = Objects.requireNonNull(sealer.seal(session)).ticket();
    unknownName = changedAt(0);
    badTag = changedAt(ticket.length() - 1);
  }

  private static Session session(long now) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return new Session(
        ProtocolVersion.TLS13,
        CipherSuite.TLS_AES_128_GCM_SHA256,
        Secret.takeOver(secret),
        false,
        now,
        now,
        1,
        now + LIFETIME.toMillis(),
        0,
        scope(),
        TestCertificates.SERVER_NAME,
        null,
        List.of());
  }

  private static ResumptionScope scope() {
    return ResumptionScope.of(Opaque.ofHex("00"), "NONE", List.of(), "default", "");
  }

  private Opaque changedAt(int index) {
    byte[] changed = ticket.toArray();
    changed[index] ^= 1;
    return Opaque.takeOver(changed);
  }

  @Benchmark
  public @Nullable SealedTicket sealTicket() {
    return sealer.seal(session);
  }

  @Benchmark
  public TicketOpening openTicket() {
    return open(ticket);
  }

  /** Of a length that is right, under a name of nobody's key: no cipher is used. */
  @Benchmark
  public TicketOpening openUnknownName() {
    return open(unknownName);
  }

  /** Under a name seen in somebody else's ticket: all is done and comes to nothing. */
  @Benchmark
  public TicketOpening openBadTag() {
    return open(badTag);
  }

  private TicketOpening open(Opaque offered) {
    return sealer.open(offered, ProtocolVersion.TLS13, session.scope());
  }
}
