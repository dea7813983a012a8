/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import dev.reprise.engine.resumption.Revocation;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import java.time.Instant;

/**
 * A revocation as it lies in Redis.
 *
 * <pre>
 * struct {
 *     uint8  version = 1;
 *     uint8  kind;         // 1: session, 2: certificate, 3: everything from before a time
 *     opaque id[32];       // of kind 3: zeros
 *     uint64 revoked_at;   // milliseconds since 1970 on the fleet's clock; of kind 3: that time
 *     uint64 until;        // from when on it has nothing left to forbid
 * } Revocation;
 * </pre>
 */
record Entry(What what, Opaque id, long revokedAtMillis, long untilMillis) {
  private static final int VERSION = 1;
  private static final Opaque NO_ID = Opaque.takeOver(new byte[RevocationRegister.ID_LENGTH]);

  /** What is revoked. */
  enum What {
    SESSION(1),
    CERTIFICATE(2),
    BEFORE(3);

    private final int code;

    What(int code) {
      this.code = code;
    }

    static What of(Revocation.Kind kind) {
      return switch (kind) {
        case SESSION -> SESSION;
        case CERTIFICATE -> CERTIFICATE;
      };
    }

    private static What of(int code) throws DecodeException {
      for (What what : values()) {
        if (what.code == code) {
          return what;
        }
      }
      throw new DecodeException("A revocation of kind " + code);
    }
  }

  static Entry before(long millis, long untilMillis) {
    return new Entry(What.BEFORE, NO_ID, millis, untilMillis);
  }

  Opaque write() {
    TlsWriter out = new TlsWriter(2 + RevocationRegister.ID_LENGTH + 16);
    out.uint8(VERSION).uint8(what.code).opaque(id);
    return out.uint64(revokedAtMillis).uint64(untilMillis).toOpaque();
  }

  static Entry read(TlsReader in) throws DecodeException {
    if (in.uint8("version") != VERSION) {
      throw new DecodeException("A revocation of another release");
    }
    What what = What.of(in.uint8("kind"));
    Opaque id = Opaque.takeOver(in.opaque(RevocationRegister.ID_LENGTH, "id").toArray());
    return new Entry(what, id, in.uint64("revoked_at"), in.uint64("until"));
  }

  void addTo(RevocationRegister register) {
    Instant at = Instant.ofEpochMilli(revokedAtMillis);
    switch (what) {
      case SESSION -> register.take(Revocation.Kind.SESSION, id, at);
      case CERTIFICATE -> register.take(Revocation.Kind.CERTIFICATE, id, at);
      case BEFORE -> register.takeBefore(at);
    }
  }
}
