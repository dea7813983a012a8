/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.wire.TlsException;
import org.jspecify.annotations.Nullable;

/**
 * Keying material for the application: RFC 5705 and RFC 8446, Section 7.5. Like the connection that
 * it belongs to, it is not thread-safe.
 */
public sealed interface Exporter extends AutoCloseable permits Exporter12, Exporter13 {
  /** 255 times SHA-256's length, in bytes: what HKDF-Expand gives at most (RFC 5869). */
  int MAX_LENGTH = 8160;

  /** An HkdfLabel holds 255 bytes (RFC 8446, Section 7.1), 6 of which are "tls13 ". */
  int MAX_LABEL_LENGTH = 249;

  /** A context's length is a uint16 (RFC 5705, Section 4). In bytes. */
  int MAX_CONTEXT_LENGTH = 0xffff;

  /**
   * {@code length} bytes that both ends of the connection can compute and nobody else.
   *
   * @param label from IANA's registry of exporter labels, or one that begins with "EXPERIMENTAL":
   *     printable ASCII, 1 to {@link #MAX_LABEL_LENGTH} characters
   * @param context at most {@link #MAX_CONTEXT_LENGTH} bytes; null for none, which only TLS 1.2
   *     distinguishes from an empty one
   * @param length 1 to {@link #MAX_LENGTH}
   * @throws IllegalArgumentException if an argument is outside these bounds
   * @throws IllegalStateException if the exporter was closed
   */
  byte[] export(String label, byte @Nullable [] context, int length) throws TlsException;

  /** Wipes the secret: nothing can be exported any more. */
  @Override
  void close();
}
