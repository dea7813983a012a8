/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;

/**
 * The order that keys of earlier generations are refused from now on: {@code rotate --now}.
 *
 * @param number 0 for a fleet that has never been given it
 * @param atMillis when it was given, for people
 */
public record Generation(long number, long atMillis) {
  static final Generation FIRST = new Generation(0, 0);

  private static final int VERSION = 1;

  Opaque write() {
    return new TlsWriter(17).uint8(VERSION).uint64(number).uint64(atMillis).toOpaque();
  }

  static Generation read(TlsReader in) throws DecodeException {
    Records.version(in, VERSION);
    return new Generation(in.uint64("generation"), in.uint64("at"));
  }
}
