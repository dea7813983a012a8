/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsWriter;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.redis.Answers;
import dev.reprise.fleet.redis.RedisAwayException;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How what nodes agree on lies in Redis, and every command about it. Its callers may wait. */
final class FleetRedis {
  /** More of a kind are not looked at: nodes have not written them. */
  private static final int MOST_ENTRIES = 10_000;

  // Replaces the pointer only if it is what was seen; says what it is in the end. Carried out twice
  // it says the same: then the pointer is the new one already.
  private static final String CLAIM =
      """
      local current = redis.call('HGET', KEYS[1], ARGV[1]) or ''
      if current == ARGV[2] then
        redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        return ARGV[3]
      end
      return current
      """;

  private final RedisClusterAsyncCommands<byte[], byte[]> commands;
  private final Envelope envelope;
  private final List<FleetKey> fleetKeys;
  private final Answers answers;
  private final byte[] times;
  private final byte[] generation;
  private final byte[] nodes;
  private final byte[] beats;
  private final byte[] keys;
  private final byte[] epochs;
  private final byte[] wraps;
  private final byte[] changes;

  FleetRedis(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      FleetSettings settings,
      List<FleetKey> fleetKeys,
      Duration patience) {
    this.commands = commands;
    this.envelope = new Envelope(settings.name());
    this.fleetKeys = fleetKeys;
    this.answers = new Answers(patience);
    times = settings.key("times");
    generation = settings.key("generation");
    nodes = settings.key("nodes");
    beats = settings.key("beats");
    keys = settings.key("keys");
    epochs = settings.key("epochs");
    wraps = settings.key("wraps");
    changes = settings.key("changes");
  }

  FleetView read() throws RedisAwayException {
    // All are sent before the first is waited for.
    Future<byte @Nullable []> sentTimes = send(() -> commands.get(times));
    Future<byte @Nullable []> sentGeneration = send(() -> commands.get(generation));
    Future<Map<byte[], byte[]>> sentBeats = send(() -> commands.hgetall(beats));
    Future<Map<byte[], byte[]>> sentKeys = send(() -> commands.hgetall(keys));
    Future<Map<byte[], byte[]>> sentEpochs = send(() -> commands.hgetall(epochs));
    Future<List<byte[]>> sentNodes = send(() -> commands.hkeys(nodes));
    Future<List<byte[]>> sentWraps = send(() -> commands.hkeys(wraps));
    ViewReader reader = new ViewReader(envelope, fleetKeys);
    byte @Nullable [] foundTimes = orNothing(sentTimes, times, null);
    byte @Nullable [] foundGeneration = orNothing(sentGeneration, generation, null);
    Map<Opaque, byte[]> foundBeats = limited(orNothing(sentBeats, beats, Map.of()));
    Map<Opaque, Beat> readBeats = reader.all(Kind.BEAT, foundBeats, Beat::read);
    return new FleetView(
        reader.one(Kind.TIMES, foundTimes, FleetTimes::read),
        foundTimes != null,
        reader.one(Kind.GENERATION, foundGeneration, Generation::read),
        foundGeneration != null,
        readBeats,
        foundBeats.size() - readBeats.size(),
        keys(reader.all(Kind.KEY, limited(orNothing(sentKeys, keys, Map.of())), KeyRecord::read)),
        epochs(limited(orNothing(sentEpochs, epochs, Map.of()))),
        set(orNothing(sentNodes, nodes, List.of())),
        set(orNothing(sentWraps, wraps, List.of())),
        reader.underOldKey(),
        reader.unauthentic());
  }

  /**
   * @param ifMissing whether what is there stays, if somebody was faster
   */
  void writeTimes(FleetTimes agreed, boolean ifMissing) throws RedisAwayException {
    byte[] sealed = seal(Kind.TIMES, Opaque.EMPTY, agreed.write());
    if (ifMissing) {
      await(() -> commands.set(times, sealed, SetArgs.Builder.nx()));
    } else {
      await(() -> commands.set(times, sealed));
    }
  }

  void writeGeneration(Generation agreed) throws RedisAwayException {
    await(() -> commands.set(generation, seal(Kind.GENERATION, Opaque.EMPTY, agreed.write())));
  }

  void announce(Announcement pair) throws RedisAwayException {
    Opaque id = pair.id();
    await(() -> commands.hset(nodes, id.toArray(), seal(Kind.ANNOUNCEMENT, id, pair.write())));
  }

  /** What was announced under {@code pairs}, as far as it is authentic. */
  Map<Opaque, Announcement> announced(Set<Opaque> pairs) throws RedisAwayException {
    if (pairs.isEmpty()) {
      return Map.of();
    }
    byte[][] fields = pairs.stream().map(Opaque::toArray).toArray(byte[][]::new);
    Map<Opaque, byte[]> found = new HashMap<>();
    for (KeyValue<byte[], byte[]> each : await(() -> commands.hmget(nodes, fields))) {
      each.ifHasValue(value -> found.put(Opaque.takeOver(each.getKey()), value));
    }
    Map<Opaque, Announcement> read =
        new ViewReader(envelope, fleetKeys).all(Kind.ANNOUNCEMENT, found, Announcement::read);
    read.entrySet().removeIf(entry -> !entry.getValue().id().equals(entry.getKey()));
    return read;
  }

  void beat(Opaque node, Beat beat) throws RedisAwayException {
    await(() -> commands.hset(beats, node.toArray(), seal(Kind.BEAT, node, beat.write())));
  }

  void writeKey(KeyRecord record) throws RedisAwayException {
    await(() -> commands.hset(keys, record.name().toArray(), sealed(record)));
  }

  /**
   * Has {@code record}'s key seal in its epoch, if what stands there is still {@code seen}.
   *
   * @param seen null: nothing
   * @return the name of the key that seals in that epoch
   */
  Opaque claim(KeyRecord record, @Nullable Opaque seen) throws RedisAwayException {
    byte[] winner =
        await(() ->
            commands.eval(
                CLAIM,
                ScriptOutputType.VALUE,
                new byte[][] {epochs, keys},
                epochField(record.epoch()),
                seen == null ? new byte[0] : seen.toArray(),
                record.name().toArray(),
                sealed(record)));
    return Opaque.takeOver(winner);
  }

  void offerWrap(Opaque field, byte[] wrap) throws RedisAwayException {
    await(() -> commands.hsetnx(wraps, field.toArray(), wrap));
  }

  byte @Nullable [] wrap(Opaque key, Opaque pair) throws RedisAwayException {
    return await(() -> commands.hget(wraps, wrapField(key, pair).toArray()));
  }

  void forgetWraps(Set<Opaque> fields) throws RedisAwayException {
    forget(wraps, fields);
  }

  void forgetKeys(Set<Opaque> names) throws RedisAwayException {
    forget(keys, names);
  }

  void forgetPairs(Set<Opaque> pairs) throws RedisAwayException {
    forget(nodes, pairs);
  }

  void forgetBeats(Set<Opaque> ids) throws RedisAwayException {
    forget(beats, ids);
  }

  void forgetEpochs(Set<Long> gone) throws RedisAwayException {
    Set<Opaque> fields = new HashSet<>();
    gone.forEach(epoch -> fields.add(Opaque.takeOver(epochField(epoch))));
    forget(epochs, fields);
  }

  private void forget(byte[] hash, Set<Opaque> fields) throws RedisAwayException {
    if (!fields.isEmpty()) {
      byte[][] names = fields.stream().map(Opaque::toArray).toArray(byte[][]::new);
      await(() -> commands.hdel(hash, names));
    }
  }

  /** Takes out a node that ends. */
  void leave(Opaque node, List<Opaque> pairs) throws RedisAwayException {
    forgetBeats(Set.of(node));
    forgetPairs(new HashSet<>(pairs));
    tell();
  }

  /** Has the others look at once. */
  void tell() throws RedisAwayException {
    await(() -> commands.publish(changes, new byte[0]));
  }

  static Opaque wrapField(Opaque key, Opaque pair) {
    return new TlsWriter(2 * Records.ID_LENGTH).opaque(key).opaque(pair).toOpaque();
  }

  private byte[] sealed(KeyRecord record) {
    return seal(Kind.KEY, record.name(), record.write());
  }

  private byte[] seal(Kind kind, Opaque place, Opaque body) {
    return envelope.seal(fleetKeys.getFirst(), kind, place, body);
  }

  private static byte[] epochField(long epoch) {
    return ByteBuffer.allocate(Long.BYTES).putLong(epoch).array();
  }

  private static Map<Opaque, KeyRecord> keys(Map<Opaque, KeyRecord> found) {
    found.entrySet().removeIf(entry -> !entry.getKey().equals(entry.getValue().name()));
    return found;
  }

  private static Map<Long, Opaque> epochs(Map<Opaque, byte[]> found) {
    Map<Long, Opaque> epochs = new HashMap<>();
    found.forEach((field, name) -> {
      if (field.length() == Long.BYTES) {
        epochs.put(ByteBuffer.wrap(field.toArray()).getLong(), Opaque.takeOver(name));
      }
    });
    return epochs;
  }

  private static Map<Opaque, byte[]> limited(Map<byte[], byte[]> found) {
    Map<Opaque, byte[]> some = new HashMap<>();
    if (found.size() <= MOST_ENTRIES) {
      found.forEach((field, value) -> some.put(Opaque.takeOver(field), value));
    }
    return some;
  }

  private static Set<Opaque> set(List<byte[]> fields) {
    Set<Opaque> set = new HashSet<>();
    fields.stream().limit(MOST_ENTRIES).forEach(field -> set.add(Opaque.takeOver(field)));
    return set;
  }

  private <T extends @Nullable Object> Future<T> send(Supplier<? extends Future<T>> command)
      throws RedisAwayException {
    return answers.send(command);
  }

  private <T extends @Nullable Object> T await(Supplier<? extends Future<T>> command)
      throws RedisAwayException {
    return answers.await(command);
  }

  private <T extends @Nullable Object> T orNothing(Future<T> sent, byte[] key, T nothing)
      throws RedisAwayException {
    return answers.orNothing(sent, nothing, () -> commands.del(key));
  }
}
