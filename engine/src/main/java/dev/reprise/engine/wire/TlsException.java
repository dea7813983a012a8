/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import org.jspecify.annotations.Nullable;

/**
 * Ends a connection. Checked, since what a peer can provoke must not be forgettable; it stays
 * inside Reprise, whose JSSE face turns it into an {@code SSLException}.
 */
public class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient TlsFailure failure;

  public TlsException(TlsFailure failure) {
    this(failure, null);
  }

  public TlsException(TlsFailure failure, @Nullable Throwable cause) {
    super(failure.sentence(), cause);
    this.failure = failure;
  }

  /** The peer sent something well-formed but forbidden. */
  public static TlsException misbehaved(AlertDescription alert, String sentence) {
    return new TlsException(new TlsFailure.PeerMisbehaved(alert, sentence));
  }

  /** {@code illegal_parameter}: a field is out of range or contradicts another. */
  public static TlsException illegalParameter(String sentence) {
    return misbehaved(AlertDescription.ILLEGAL_PARAMETER, sentence);
  }

  /** {@code unexpected_message}: not here, not now. */
  public static TlsException unexpectedMessage(String sentence) {
    return misbehaved(AlertDescription.UNEXPECTED_MESSAGE, sentence);
  }

  /** The peer and we have no common ground. */
  public static TlsException incompatible(AlertDescription alert, String sentence) {
    return new TlsException(new TlsFailure.PeerIncompatible(alert, sentence));
  }

  /** Our own fault, or a provider's: {@code internal_error}. */
  public static TlsException internal(String sentence, @Nullable Throwable cause) {
    return new TlsException(new TlsFailure.InternalFault(sentence), cause);
  }

  public TlsFailure failure() {
    return failure;
  }

  public AlertDescription alert() {
    return failure.alert();
  }
}
