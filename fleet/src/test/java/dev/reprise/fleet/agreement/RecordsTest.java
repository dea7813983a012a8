/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import dev.reprise.testkit.SeededRandom;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What nodes write into Redis is read as it was written, where it was written, or not at all. */
class RecordsTest {
  private static final Opaque PLACE = Opaque.copyOf((byte) 1, (byte) 2);
  private static final Opaque ID = Opaque.takeOver(new byte[16]);

  private final SecureRandom random = SeededRandom.of(9);
  private final FleetKey key = key();
  private final Envelope envelope = new Envelope("fleet");

  private FleetKey key() {
    return new FleetKey(secret(), secret());
  }

  private Secret secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Secret.takeOver(bytes);
  }

  private record Sample<T>(Kind kind, T value, Opaque written, Envelope.Reader<T> reader) {}

  private List<Sample<?>> samples() {
    FleetTimes times = new FleetTimes(Duration.ofHours(6), Duration.ofSeconds(2));
    Generation generation = new Generation(4, 77);
    Announcement announcement = NodeKeyPair.generate(random).announcement();
    Beat beat = new Beat(5, 6, ID, "näme", Set.of(ID));
    Beat bare = new Beat(5, 6, ID, "", Set.of());
    KeyRecord record = new KeyRecord(ID, 3, 5, 10, 20, 30, 40);
    return List.of(
        new Sample<>(Kind.TIMES, times, times.write(), FleetTimes::read),
        new Sample<>(Kind.GENERATION, generation, generation.write(), Generation::read),
        new Sample<>(Kind.ANNOUNCEMENT, announcement, announcement.write(), Announcement::read),
        new Sample<>(Kind.BEAT, beat, beat.write(), Beat::read),
        new Sample<>(Kind.BEAT, bare, bare.write(), Beat::read),
        new Sample<>(Kind.KEY, record, record.write(), KeyRecord::read));
  }

  private <T> byte[] seal(Sample<T> sample) {
    return envelope.seal(key, sample.kind(), PLACE, sample.written());
  }

  private <T> Object read(Sample<T> sample, byte[] sealed) {
    T read = envelope.read(List.of(key), sample.kind(), PLACE, sealed, sample.reader());
    return read == null ? "nothing" : read;
  }

  @Test
  void whatIsWrittenIsRead() {
    for (Sample<?> sample : samples()) {
      assertEquals(sample.value(), read(sample, seal(sample)));
    }
  }

  @Test
  void everyTruncationAndEveryByteTooManyIsNothing() {
    for (Sample<?> sample : samples()) {
      byte[] sealed = seal(sample);
      for (int length = 0; length < sealed.length; length++) {
        assertEquals("nothing", read(sample, Arrays.copyOf(sealed, length)));
      }
      assertEquals("nothing", read(sample, Arrays.copyOf(sealed, sealed.length + 1)));
    }
  }

  @Test
  void bodiesOfNodesThatAreCutShortOrTooLongAreNothing() {
    for (Sample<?> sample : samples()) {
      byte[] body = sample.written().toArray();
      for (int length = 0; length <= body.length + 1; length++) {
        if (length != body.length) {
          Opaque other = Opaque.takeOver(Arrays.copyOf(body, length));
          assertEquals("nothing", read(sample, envelope.seal(key, sample.kind(), PLACE, other)));
        }
      }
    }
  }

  @Test
  void everyByteThatIsChangedMakesItNothing() {
    for (Sample<?> sample : samples()) {
      byte[] sealed = seal(sample);
      for (int at = 0; at < sealed.length; at++) {
        byte[] changed = sealed.clone();
        changed[at] ^= (byte) 0x80;
        assertEquals("nothing", read(sample, changed));
      }
    }
  }

  @Test
  void aRecordCountsAtItsPlaceAsItsKindInItsFleetAndUnderItsKeyOnly() {
    byte[] sealed = envelope.seal(key, Kind.GENERATION, PLACE, new Generation(1, 2).write());
    assertNotNull(read(List.of(key), Kind.GENERATION, PLACE, sealed));
    assertNull(read(List.of(key), Kind.GENERATION, Opaque.EMPTY, sealed));
    assertNull(read(List.of(key), Kind.TIMES, PLACE, sealed));
    assertNull(read(List.of(key()), Kind.GENERATION, PLACE, sealed));
    assertNull(
        new Envelope("other").read(List.of(key), Kind.GENERATION, PLACE, sealed, Generation::read));
  }

  @Test
  void theSecondKeyIsReadAndToldApart() {
    byte[] sealed = envelope.seal(key, Kind.GENERATION, PLACE, new Generation(1, 2).write());
    Envelope.Opened opened = envelope.open(List.of(key(), key), Kind.GENERATION, PLACE, sealed);
    assertNotNull(opened);
    assertTrue(opened.underOldKey());
  }

  private @org.jspecify.annotations.Nullable Generation read(
      List<FleetKey> keys, Kind kind, Opaque place, byte[] sealed) {
    return envelope.read(keys, kind, place, sealed, Generation::read);
  }
}
