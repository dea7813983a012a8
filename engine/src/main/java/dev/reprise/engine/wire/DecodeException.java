/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/** Bytes that are not what the grammar says: {@code decode_error}. */
public final class DecodeException extends TlsException {
  private static final long serialVersionUID = 1L;

  public DecodeException(String sentence) {
    super(new TlsFailure.InvalidMessage(sentence));
  }
}
