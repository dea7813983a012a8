/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.agreement.Envelope;
import dev.reprise.fleet.agreement.Kind;
import dev.reprise.fleet.redis.Answers;
import dev.reprise.fleet.redis.RedisAwayException;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The list in Redis: a sorted set of authenticated entries, by the order in which they came. Its
 * callers may wait.
 */
final class RevocationList {
  // An entry that is there already keeps its place: carried out twice it does nothing more.
  private static final String ADD =
      """
      for _, entry in ipairs(ARGV) do
        if not redis.call('ZSCORE', KEYS[1], entry) then
          redis.call('ZADD', KEYS[1], redis.call('INCR', KEYS[2]), entry)
        end
      end
      return tonumber(redis.call('GET', KEYS[2]) or '0')
      """;

  private static final int AT_ONCE = 500;

  private final RedisClusterAsyncCommands<byte[], byte[]> commands;
  private final List<FleetKey> keys;
  private final Answers answers;
  private final Envelope envelope;
  private final byte[] list;
  private final byte[] count;
  private final byte[] changes;

  RevocationList(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      FleetSettings settings,
      List<FleetKey> keys,
      Duration patience) {
    this.commands = commands;
    this.keys = keys;
    this.answers = new Answers(patience);
    this.envelope = new Envelope(settings.name());
    list = settings.key("revocations");
    count = settings.key("revocation-count");
    changes = settings.key("changes");
  }

  /** The place of the last entry; 0: there has been none. */
  long count() throws RedisAwayException {
    byte[] digits = answers.await(() -> commands.get(count));
    try {
      return digits == null ? 0 : Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw new RedisAwayException("the count of revocations is no number", e);
    }
  }

  /**
   * Adds what is not there.
   *
   * @return the place of the last entry
   */
  long add(Collection<Entry> entries) throws RedisAwayException {
    long last = 0;
    List<byte[]> sealed = entries.stream().map(this::seal).toList();
    for (int from = 0; from < sealed.size(); from += AT_ONCE) {
      byte[][] some =
          sealed.subList(from, Math.min(from + AT_ONCE, sealed.size())).toArray(byte[][]::new);
      Long place =
          answers.await(
              () -> commands.eval(ADD, ScriptOutputType.INTEGER, new byte[][] {list, count}, some));
      last = place;
    }
    return last;
  }

  /** Reads what came after {@code place}, some at a time. */
  void readAfter(long place, Consumer<Entry> reader) throws RedisAwayException {
    long last = place;
    List<ScoredValue<byte[]>> some;
    do {
      Range<Long> after = Range.from(Range.Boundary.excluding(last), Range.Boundary.unbounded());
      some =
          answers.await(() -> commands.zrangebyscoreWithScores(list, after, Limit.from(AT_ONCE)));
      for (ScoredValue<byte[]> each : some) {
        Entry entry = open(each.getValue());
        if (entry != null) {
          reader.accept(entry);
        }
        last = Math.max(last, (long) each.getScore());
      }
    } while (some.size() == AT_ONCE);
  }

  /** Takes out those that have ended: as all live equally long, they came first. */
  void removeEnded(long now) throws RedisAwayException {
    List<byte[]> ended;
    do {
      ended = new ArrayList<>();
      for (byte[] each : answers.await(() -> commands.zrange(list, 0, AT_ONCE - 1))) {
        Entry entry = open(each);
        if (entry != null && entry.untilMillis() <= now) {
          ended.add(each);
        }
      }
      byte[][] members = ended.toArray(byte[][]::new);
      if (members.length > 0) {
        Object _ = answers.await(() -> commands.zrem(list, members));
      }
    } while (ended.size() == AT_ONCE);
  }

  /** Has the other nodes look at once. */
  void tell() throws RedisAwayException {
    Object _ = answers.await(() -> commands.publish(changes, new byte[0]));
  }

  private byte[] seal(Entry entry) {
    return envelope.seal(keys.getFirst(), Kind.REVOCATION, Opaque.EMPTY, entry.write());
  }

  private @Nullable Entry open(byte[] sealed) {
    return envelope.read(keys, Kind.REVOCATION, Opaque.EMPTY, sealed, Entry::read);
  }
}
