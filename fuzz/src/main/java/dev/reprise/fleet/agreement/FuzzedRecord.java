/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What nodes read from Redis once its tag is verified, as who has the fleet key could write it. */
public final class FuzzedRecord {
  private FuzzedRecord() {}

  /** The record's bytes if it was read, in the only form that it has; else null. */
  public static @Nullable Opaque reread(Kind kind, byte[] body) {
    return switch (kind) {
      case TIMES -> written(read(body, FleetTimes::read), FleetTimes::write);
      case GENERATION -> written(read(body, Generation::read), Generation::write);
      case ANNOUNCEMENT -> written(read(body, Announcement::read), Announcement::write);
      case KEY -> written(read(body, KeyRecord::read), KeyRecord::write);
      case BEAT -> reread(read(body, Beat::read), body);
      case REVOCATION -> null;
    };
  }

  /** Whether {@code bytes} have the parts of a wrapped ticket key. */
  public static boolean isWrap(byte[] bytes) {
    return StekWrap.read(bytes) != null;
  }

  /** What {@link #reread} reads of each kind. */
  public static byte[] example(Kind kind) {
    Opaque id = Opaque.takeOver(new byte[Records.ID_LENGTH]);
    Opaque body =
        switch (kind) {
          case TIMES -> new FleetTimes(Duration.ofHours(6), Duration.ofHours(6)).write();
          case GENERATION -> new Generation(3, 4).write();
          case ANNOUNCEMENT ->
              new Announcement(
                      Opaque.takeOver(new byte[Announcement.X25519_LENGTH]),
                      Opaque.takeOver(new byte[Announcement.ML_KEM_768_LENGTH]))
                  .write();
          case KEY -> new KeyRecord(id, 1, 2, 3, 4, 5, 6).write();
          case BEAT -> new Beat(1, 2, id, "node", Set.of(id)).write();
          case REVOCATION -> Opaque.EMPTY;
        };
    return body.toArray();
  }

  private static <T> @Nullable T read(byte[] body, Envelope.Reader<T> reader) {
    return Envelope.read(new Envelope.Opened(TlsReader.of(Opaque.takeOver(body)), false), reader);
  }

  private static <T> @Nullable Opaque written(@Nullable T read, Function<T, Opaque> writer) {
    return read == null ? null : writer.apply(read);
  }

  /** A set of names has no order, and a label that is no UTF-8 another encoding. */
  private static @Nullable Opaque reread(@Nullable Beat beat, byte[] body) {
    if (beat == null) {
      return null;
    }
    if (read(beat.write().toArray(), Beat::read) == null) {
      throw new AssertionError(beat + " cannot be read again");
    }
    return Opaque.takeOver(body);
  }
}
