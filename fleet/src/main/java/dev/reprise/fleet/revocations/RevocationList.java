/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.agreement.Envelope;
import dev.reprise.fleet.agreement.Kind;
import dev.reprise.fleet.redis.Answers;
import dev.reprise.fleet.redis.Numbering;
import dev.reprise.fleet.redis.RedisAwayException;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
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
      Numbering.PLACE
          + """
          for _, entry in ipairs(ARGV) do
            if not redis.call('ZSCORE', KEYS[1], entry) then
              redis.call('ZADD', KEYS[1], place(), entry)
            end
          end
          return 1
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

  /** Adds what is not there. */
  void add(Collection<Entry> entries) throws RedisAwayException {
    List<byte[]> sealed = entries.stream().map(this::seal).toList();
    for (int from = 0; from < sealed.size(); from += AT_ONCE) {
      byte[][] some =
          sealed.subList(from, Math.min(from + AT_ONCE, sealed.size())).toArray(byte[][]::new);
      Object _ =
          answers.await(
              () -> commands.eval(ADD, ScriptOutputType.INTEGER, new byte[][] {list, count}, some));
    }
  }

  /** Reads all of it. */
  void read(Consumer<Listed> reader) throws RedisAwayException {
    boolean _ = read(Range.Boundary.unbounded(), null, reader);
  }

  /**
   * Reads what came after {@code last}.
   *
   * @return false if {@code last} is not there any more: this is another list
   */
  boolean readAfter(Listed last, Consumer<Listed> reader) throws RedisAwayException {
    return read(Range.Boundary.including(last.place()), last, reader);
  }

  private boolean read(Range.Boundary<Double> from, @Nullable Listed last, Consumer<Listed> reader)
      throws RedisAwayException {
    Range.Boundary<Double> next = from;
    boolean found = last == null;
    List<ScoredValue<byte[]>> some;
    do {
      some = page(next);
      found = found || some.stream().anyMatch(each -> isAt(last, each));
      for (ScoredValue<byte[]> each : some) {
        next = Range.Boundary.excluding(each.getScore());
        accept(each, reader);
      }
    } while (found && some.size() == AT_ONCE);
    return found;
  }

  private List<ScoredValue<byte[]>> page(Range.Boundary<Double> from) throws RedisAwayException {
    Range<Double> range = Range.from(from, Range.Boundary.unbounded());
    return answers.orNothing(
        answers.send(() -> commands.zrangebyscoreWithScores(list, range, Limit.from(AT_ONCE))),
        List.of(),
        () -> commands.del(list));
  }

  private static boolean isAt(@Nullable Listed last, ScoredValue<byte[]> each) {
    return last != null
        && each.getScore() == last.place()
        && last.sealed().equals(Opaque.takeOver(each.getValue()));
  }

  private void accept(ScoredValue<byte[]> each, Consumer<Listed> reader) {
    Envelope.Opened opened = envelope.open(keys, Kind.REVOCATION, Opaque.EMPTY, each.getValue());
    Entry entry = opened == null ? null : Envelope.read(opened, Entry::read);
    if (opened != null && entry != null) {
      Opaque sealed = Opaque.takeOver(each.getValue());
      reader.accept(new Listed(entry, sealed, each.getScore(), opened.underOldKey()));
    }
  }

  /**
   * Takes out those that have ended: as all live equally long, they came first, but for those that
   * nobody can read any more.
   */
  void removeEnded(long now) throws RedisAwayException {
    int skipped = 0;
    boolean more;
    do {
      int first = skipped;
      List<byte[]> some = answers.await(() -> commands.zrange(list, first, first + AT_ONCE - 1));
      List<byte[]> ended = new ArrayList<>();
      for (byte[] each : some) {
        Entry entry = open(each);
        if (entry == null) {
          skipped++;
        } else if (entry.untilMillis() <= now) {
          ended.add(each);
        }
      }
      remove(ended);
      more = some.size() == AT_ONCE && skipped - first + ended.size() == AT_ONCE;
    } while (more);
  }

  /** Takes them out, if they are there. */
  void remove(List<byte[]> sealed) throws RedisAwayException {
    for (int from = 0; from < sealed.size(); from += AT_ONCE) {
      byte[][] some =
          sealed.subList(from, Math.min(from + AT_ONCE, sealed.size())).toArray(byte[][]::new);
      Object _ = answers.await(() -> commands.zrem(list, some));
    }
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
