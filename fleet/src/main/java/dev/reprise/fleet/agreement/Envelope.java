/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import dev.reprise.fleet.FleetKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How all that nodes write into Redis is authenticated: a body, then HMAC-SHA256 under the fleet
 * key over a label, the fleet's name, the kind, the place and the body. So nothing can be moved to
 * another place, another kind or another fleet.
 *
 * <pre>
 * struct {
 *     opaque body[..];
 *     opaque tag[32];
 * } Envelope;
 * </pre>
 */
public final class Envelope {
  private static final byte[] LABEL = "reprise fleet 1".getBytes(StandardCharsets.US_ASCII);

  /** No record is longer: what is has not been written by a node. */
  private static final int LONGEST = 8192;

  private final String fleet;

  public Envelope(String fleet) {
    this.fleet = fleet;
  }

  /** What is inside, and whether it ought to be written again under the first key. */
  public record Opened(TlsReader body, boolean underOldKey) {}

  /** The body with its tag under {@code key}. */
  public byte[] seal(FleetKey key, Kind kind, Opaque place, Opaque body) {
    byte[] sealed = Arrays.copyOf(body.toArray(), body.length() + FleetKey.TAG_LENGTH);
    byte[] tag = key.tag(authenticated(kind, place, body));
    System.arraycopy(tag, 0, sealed, body.length(), tag.length);
    return sealed;
  }

  /** What {@code sealed} holds, or null if no node of this fleet has written it to this place. */
  public @Nullable Opened open(
      List<FleetKey> keys, Kind kind, Opaque place, byte @Nullable [] sealed) {
    if (sealed == null || sealed.length < FleetKey.TAG_LENGTH || sealed.length > LONGEST) {
      return null;
    }
    int length = sealed.length - FleetKey.TAG_LENGTH;
    Opaque body = Opaque.takeOver(sealed, 0, length);
    Opaque tag = Opaque.takeOver(sealed, length, FleetKey.TAG_LENGTH);
    byte[] message = authenticated(kind, place, body);
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).isTagOf(message, tag)) {
        return new Opened(TlsReader.of(body), i > 0);
      }
    }
    return null;
  }

  /** Reads a body; whatever is wrong with it is wrong in one way. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(TlsReader in) throws DecodeException;
  }

  /** What {@code reader} reads of it, or null if it was not written by a node of this fleet. */
  public <T> @Nullable T read(
      List<FleetKey> keys, Kind kind, Opaque place, byte @Nullable [] sealed, Reader<T> reader) {
    Opened opened = open(keys, kind, place, sealed);
    return opened == null ? null : read(opened, reader);
  }

  /** The same of what is open already. */
  public static <T> @Nullable T read(Opened opened, Reader<T> reader) {
    try {
      T read = reader.read(opened.body());
      opened.body().end("record");
      return read;
    } catch (DecodeException | IllegalArgumentException _) {
      return null; // By a node of another release.
    }
  }

  private byte[] authenticated(Kind kind, Opaque place, Opaque body) {
    TlsWriter message = new TlsWriter(LABEL.length + fleet.length() + body.length() + 64);
    message.bytes(LABEL);
    message.opaque8(Opaque.takeOver(fleet.getBytes(StandardCharsets.US_ASCII)));
    message.uint8(kind.code()).opaque8(place).opaque24(body);
    return message.toArray();
  }
}
