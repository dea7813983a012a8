/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was revoked before its time: single sessions, all sessions of a client certificate, all
 * sessions from before a point in time. Nothing is looked for when something is revoked: each
 * session is compared when a client would resume it, by what no renewal changes.
 *
 * <p>An entry stays for as long as the longest session that it may meet. The register is bounded,
 * and never forgets a revocation to make room: one that is full revokes everything from before now,
 * which costs each client one full handshake, and is empty again.
 *
 * <p>Safe for threads; asking takes no lock.
 */
public final class RevocationRegister implements RevokedSessions {
  /** How many sessions and certificates unless told otherwise. */
  public static final int DEFAULT_ENTRIES = 1 << 17;

  /** Bytes of what stands for a session or a certificate. */
  public static final int ID_LENGTH = 32;

  private static final long TOLERANCE_MILLIS = ResumptionPolicy.CLOCK_TOLERANCE.toMillis();

  /** Of a full register an eighth at least must have gone by itself, or each entry costs a scan. */
  private static final int LEAST_ROOM = 8;

  private final InstantSource clock;
  private final Duration longestSession;
  private final int mostEntries;

  /** When they were revoked, in milliseconds since 1970. */
  private final Map<Opaque, Long> sessions = new ConcurrentHashMap<>();

  private final Map<Opaque, Long> certificates = new ConcurrentHashMap<>();
  private volatile long beforeMillis = Long.MIN_VALUE;
  private volatile @Nullable RevocationListener listener;

  /**
   * @param longestSession how long after a full handshake a session may be resumed at most: {@link
   *     ResumptionPolicy#longestSession}
   * @param mostEntries how many sessions and certificates it holds, at least 1
   */
  public RevocationRegister(Duration longestSession, int mostEntries, InstantSource clock) {
    if (mostEntries < 1) {
      throw new IllegalArgumentException("A register of " + mostEntries + " entries");
    }
    this.longestSession = longestSession;
    this.mostEntries = mostEntries;
    this.clock = clock;
  }

  /** How long after its full handshake a session may be, to be met by every entry. */
  public Duration longestSession() {
    return longestSession;
  }

  /**
   * Has {@code given} hear of what is revoked from now on, and not of what is {@link #take taken}
   * from others.
   */
  public void tell(RevocationListener given) {
    listener = given;
  }

  /** Revokes all that descends from one full handshake, renewed or not. */
  public void revokeSession(Lineage lineage) {
    add(Revocation.Kind.SESSION, lineage.id());
  }

  /**
   * The same by what stands for it.
   *
   * @param id {@link Lineage#id}
   */
  public void revokeSession(Opaque id) {
    add(Revocation.Kind.SESSION, require32(id));
  }

  /**
   * Revokes all sessions of clients that showed this certificate as their own. Those of full
   * handshakes that come later are not meant, since there trust is decided anew; but what follows
   * within {@link ResumptionPolicy#CLOCK_TOLERANCE} is, as clocks of a fleet differ and handshakes
   * are under way.
   *
   * @param sha256 of the certificate as DER
   */
  public void revokeCertificate(Opaque sha256) {
    add(Revocation.Kind.CERTIFICATE, require32(sha256));
  }

  /**
   * Revokes all sessions of full handshakes before {@code time}; a later time replaces an earlier
   * one, and an earlier one changes nothing.
   *
   * @throws IllegalArgumentException if the time is yet to come
   */
  public synchronized void revokeBefore(Instant time) {
    if (time.isAfter(clock.instant().plus(ResumptionPolicy.CLOCK_TOLERANCE))) {
      throw new IllegalArgumentException(time + " is yet to come");
    }
    // What is before 1970 or so is before every session.
    long millis = time.isBefore(Instant.EPOCH) ? Instant.EPOCH.toEpochMilli() : time.toEpochMilli();
    revokeBefore(millis);
  }

  private void revokeBefore(long millis) {
    beforeMillis = Math.max(beforeMillis, millis);
    RevocationListener told = listener;
    if (told != null) {
      told.revokedBefore(Instant.ofEpochMilli(millis));
    }
  }

  /** Takes up what was revoked elsewhere; a later time replaces an earlier one. */
  public synchronized void take(Revocation.Kind kind, Opaque id, Instant revokedAt) {
    long at = revokedAt.toEpochMilli();
    if (until(at) > clock.millis()) {
      makeRoomFor(entries(kind), id);
      entries(kind).merge(Opaque.takeOver(require32(id).toArray()), at, Math::max);
    }
  }

  /** The same of everything from before a time. */
  public synchronized void takeBefore(Instant time) {
    beforeMillis = Math.max(beforeMillis, time.toEpochMilli());
  }

  private Map<Opaque, Long> entries(Revocation.Kind kind) {
    return switch (kind) {
      case SESSION -> sessions;
      case CERTIFICATE -> certificates;
    };
  }

  @Override
  public boolean contains(Session session) {
    return contains(Lineage.of(session), session.peerCertificates());
  }

  /**
   * Whether a session is revoked.
   *
   * @param peerCertificates DER, leaf first; empty: the client showed none
   */
  public boolean contains(Lineage lineage, List<Opaque> peerCertificates) {
    // The time comes last: a register that is full sets it, and is emptied after that.
    return isSession(lineage)
        || isCertificate(lineage, peerCertificates)
        || lineage.authenticatedAtMillis() < beforeMillis;
  }

  private boolean isSession(Lineage lineage) {
    return !sessions.isEmpty() && sessions.containsKey(lineage.id());
  }

  private boolean isCertificate(Lineage lineage, List<Opaque> peerCertificates) {
    if (certificates.isEmpty() || peerCertificates.isEmpty()) {
      return false;
    }
    Long revokedAt = certificates.get(Sha256.of(peerCertificates.getFirst()));
    return revokedAt != null && lineage.authenticatedAtMillis() <= revokedAt + TOLERANCE_MILLIS;
  }

  /** Sessions of full handshakes before this time are revoked, if there is one. */
  public Optional<Instant> before() {
    long millis = beforeMillis;
    return millis == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** How many sessions and certificates are revoked by name. */
  public int size() {
    return sessions.size() + certificates.size();
  }

  /** The latest sessions and certificates, the last one first. */
  public List<Revocation> latest(int most) {
    return Stream.concat(
            entries(Revocation.Kind.SESSION, sessions),
            entries(Revocation.Kind.CERTIFICATE, certificates))
        .sorted(Comparator.comparing(Revocation::revokedAt).reversed())
        .limit(most)
        .toList();
  }

  /** Forgets what has nothing left to forbid; to be called by a timer. */
  public void sweep() {
    long now = clock.millis();
    sessions.values().removeIf(revokedAt -> until(revokedAt) <= now);
    certificates.values().removeIf(revokedAt -> until(revokedAt) <= now);
  }

  private synchronized void add(Revocation.Kind kind, Opaque id) {
    long now = clock.millis();
    makeRoomFor(entries(kind), id);
    // Copied: it may be a window into something larger.
    Opaque copy = Opaque.takeOver(id.toArray());
    entries(kind).merge(copy, now, Math::max);
    RevocationListener told = listener;
    if (told != null) {
      told.revoked(kind, copy, Instant.ofEpochMilli(now));
    }
  }

  private void makeRoomFor(Map<Opaque, Long> entries, Opaque id) {
    if (size() >= mostEntries && !entries.containsKey(id)) {
      makeRoom(clock.millis());
    }
  }

  private void makeRoom(long now) {
    sweep();
    if (size() > mostEntries - Math.ceilDiv(mostEntries, LEAST_ROOM)) {
      revokeBefore(now + TOLERANCE_MILLIS + 1);
      sessions.clear();
      certificates.clear();
    }
  }

  /** The tolerance is that of a session's time, which may lie so far ahead. */
  private long until(long revokedAt) {
    return revokedAt + longestSession.toMillis() + TOLERANCE_MILLIS;
  }

  private Stream<Revocation> entries(Revocation.Kind kind, Map<Opaque, Long> from) {
    return from.entrySet().stream()
        .map(entry ->
            new Revocation(
                kind,
                entry.getKey(),
                Instant.ofEpochMilli(entry.getValue()),
                Instant.ofEpochMilli(until(entry.getValue()))));
  }

  private static Opaque require32(Opaque id) {
    if (id.length() != ID_LENGTH) {
      throw new IllegalArgumentException("32 bytes stand for it, not " + id.length());
    }
    return id;
  }
}
