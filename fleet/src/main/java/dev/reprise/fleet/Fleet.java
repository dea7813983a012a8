/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.resumption.FleetMembership;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.agreement.StekAgreement;
import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.fleet.revocations.SharedRevocations;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in a fleet: sessions, ticket keys and revocations that all nodes share by way of
 * Redis or Valkey. Give it to {@code Reprise.server().fleet(…)}, and close it after the server.
 *
 * <p>Redis may be away, at the start and at any time: that costs resumptions, never connections.
 * Nothing here blocks but {@link #join}, for as long as it is told, and {@link #close}.
 */
public final class Fleet implements FleetMembership, AutoCloseable {
  /**
   * Long enough for a Redis that is there and a machine that has much to do, and for a start not to
   * be held up by a Redis that is not.
   */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(3);

  private static final int NODE_ID_LENGTH = 16;
  private static final long LOOK_EVERY_NANOS = 5_000_000;

  private final FleetClock clock;
  private final StekAgreement agreement;
  private final SharedRevocations revocations;
  private final FleetSessions sessions;
  private final FleetLoop loop;
  private final StekSource ticketKeys;

  private Fleet(
      FleetSettings settings,
      FleetKeyFile keyFile,
      @Nullable StekSource otherKeys,
      InstantSource clock,
      SecureRandom random,
      Consumer<FleetEvent> listener) {
    this.clock = new FleetClock(clock);
    this.agreement =
        new StekAgreement(
            settings,
            nodeId(random),
            this.clock,
            random,
            event -> listener.accept(new FleetEvent.Keys(event.sentence(), event.isTrouble())));
    this.ticketKeys = otherKeys == null ? agreement.source() : otherKeys;
    this.revocations =
        new SharedRevocations(
            settings, this.clock, System::nanoTime, this::lookAtOnce, this::dropNearCopies);
    this.loop = new FleetLoop(settings, this.clock, keyFile, agreement, listener);
    this.sessions =
        new FleetSessions(
            loop.link(), settings, ticketKeys, this.clock, random, agreement::generation);
    loop.start(List.of(new SharingRevocations(), new SharingSessions()));
  }

  /**
   * Joins a fleet, or begins one.
   *
   * @param keyFile with the fleet key, followed from now on; it is closed with the fleet
   * @param otherKeys ticket keys that all nodes have from elsewhere, such as files; null: those
   *     that the nodes agree on
   * @param listener called by the fleet's thread
   * @param patience how long to wait for Redis's first answer, and, if there is one, as long again
   *     for the ticket keys that the fleet has; without them the node starts all the same, and
   *     joins when Redis is there
   */
  public static Fleet join(
      FleetSettings settings,
      FleetKeyFile keyFile,
      @Nullable StekSource otherKeys,
      InstantSource clock,
      SecureRandom random,
      Consumer<FleetEvent> listener,
      Duration patience) {
    Fleet fleet = new Fleet(settings, keyFile, otherKeys, clock, random, listener);
    fleet.loop.standing().awaitFirstAnswer(patience);
    fleet.awaitKeys(patience);
    return fleet;
  }

  // Else the first clients that come to a node that was started anew would resume nothing.
  private void awaitKeys(Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (loop.standing().isReachable()
        && !agreement.isStranger()
        && ticketKeys.ring().issuing(clock.millis()) == null
        && System.nanoTime() < until
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private final class SharingRevocations implements FleetLoop.Part {
    @Override
    public void poll(
        RedisClusterAsyncCommands<byte[], byte[]> commands, List<FleetKey> keys, Duration patience)
        throws RedisAwayException {
      // To another fleet's node a list of which it can read nothing would look empty.
      if (agreement.isAtHome()) {
        revocations.poll(commands, keys, rotateEvery(), patience);
      }
    }

    @Override
    public void fleetKeysChanged() {
      revocations.fleetKeysChanged();
    }
  }

  private final class SharingSessions implements FleetLoop.Part {
    @Override
    public void poll(
        RedisClusterAsyncCommands<byte[], byte[]> commands,
        List<FleetKey> keys,
        Duration patience) {
      sessions.poll();
    }

    @Override
    public void pass() {
      sessions.pass();
    }
  }

  private static Opaque nodeId(SecureRandom random) {
    byte[] id = new byte[NODE_ID_LENGTH];
    random.nextBytes(id);
    return Opaque.takeOver(id);
  }

  // By whose ID a session is stored no revocation says; what is dropped is found in Redis again.
  private void dropNearCopies() {
    sessions.dropNearCopies();
  }

  private void lookAtOnce() {
    loop.notice();
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public StekSource ticketKeys() {
    return ticketKeys;
  }

  @Override
  public SessionStore sessionStore() {
    return sessions.store();
  }

  @Override
  public Duration rotateEvery() {
    return agreement.times().rotateEvery();
  }

  @Override
  public Duration ticketLifetime() {
    return agreement.times().ticketLifetime();
  }

  @Override
  public RevokedSessions share(RevocationRegister register) {
    return revocations.share(register);
  }

  /** How this node stands. */
  public FleetStatus status() {
    return new FleetStatus(
        loop.standing().isReachable(),
        loop.standing().sinceLastPoll(),
        clock.offset(),
        loop.clockAlarms(),
        agreement.isStranger(),
        agreement.unauthentic(),
        agreement.generation(),
        ticketKeys.ring().keys().size(),
        revocations.isCurrent(),
        loop.standing().polls(),
        loop.standing().failedPolls(),
        loop.others());
  }

  /** What this node's part of the shared session store has done. */
  public SessionStoreCounts sessionCounts() {
    return sessions.counts();
  }

  /** Signs off, and wipes ticket keys and near copies of sessions. What others hold stays. */
  @Override
  public void close() {
    loop.close();
    sessions.close();
  }
}
