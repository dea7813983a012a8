/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;

/**
 * What all nodes know of a ticket key but its secret. It stands in Redis under the key's name.
 *
 * <pre>
 * struct {
 *     uint8  version = 1;
 *     opaque name[16];
 *     uint64 generation;
 *     uint64 epoch;         // issue_until / rotate_every - 1
 *     uint64 publish_at;    // milliseconds since 1970 on the fleet's clock, as all times
 *     uint64 issue_from;
 *     uint64 issue_until;
 *     uint64 accept_until;
 * } Key;
 * </pre>
 *
 * @param generation begins anew with each {@code rotate --now}: keys of earlier ones are refused
 */
public record KeyRecord(
    Opaque name,
    long generation,
    long epoch,
    long publishAtMillis,
    long issueFromMillis,
    long issueUntilMillis,
    long acceptUntilMillis) {
  private static final int VERSION = 1;

  public KeyRecord {
    Records.requireId(name);
    if (publishAtMillis < 0
        || publishAtMillis > issueFromMillis
        || issueFromMillis >= issueUntilMillis
        || issueUntilMillis > acceptUntilMillis) {
      throw new IllegalArgumentException("A key is published, issues and ends in this order");
    }
  }

  Opaque write() {
    TlsWriter out = new TlsWriter(1 + Records.ID_LENGTH + 6 * 8);
    out.uint8(VERSION).opaque(name).uint64(generation).uint64(epoch);
    out.uint64(publishAtMillis).uint64(issueFromMillis);
    out.uint64(issueUntilMillis).uint64(acceptUntilMillis);
    return out.toOpaque();
  }

  static KeyRecord read(TlsReader in) throws DecodeException {
    Records.version(in, VERSION);
    return new KeyRecord(
        Records.id(in, "name"),
        in.uint64("generation"),
        in.uint64("epoch"),
        in.uint64("publish_at"),
        in.uint64("issue_from"),
        in.uint64("issue_until"),
        in.uint64("accept_until"));
  }
}
