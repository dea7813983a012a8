/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.Opaque;

/** What one record turned out to be. */
public sealed interface Received {
  /** {@code length} bytes of application data, already in the application's buffer; perhaps 0. */
  record ApplicationData(int length) implements Received {}

  /**
   * Not for the application. A handshake fragment has at least one byte and belongs into the {@link
   * HandshakeDeframer}; an alert is two bytes, level and description; a ChangeCipherSpec is the one
   * byte 1, and only ever comes unprotected and before TLS 1.3 is known to be spoken.
   */
  record Fragment(ContentType type, Opaque plaintext) implements Received {}

  /** Nothing: a record that was to be dropped. */
  record Skipped() implements Received {}
}
