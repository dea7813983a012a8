/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * Why a connection ends, and so which alert is sent: the one place where a failure becomes an
 * alert. Each sentence is for the operator's log; none of it but the alert reaches the peer.
 */
public sealed interface TlsFailure {
  /** A sentence without secrets. */
  String sentence();

  /** The alert that the peer is told, or was heard from it. */
  AlertDescription alert();

  /** The bytes are not what the grammar says. */
  record InvalidMessage(String sentence) implements TlsFailure {
    @Override
    public AlertDescription alert() {
      return AlertDescription.DECODE_ERROR;
    }
  }

  /** Well-formed, but forbidden by the protocol. */
  record PeerMisbehaved(AlertDescription alert, String sentence) implements TlsFailure {}

  /** Nobody's fault: no common ground, or no trust. */
  record PeerIncompatible(AlertDescription alert, String sentence) implements TlsFailure {}

  /** The peer ended the connection. Nothing is sent in return. */
  record AlertReceived(AlertDescription alert) implements TlsFailure {
    @Override
    public String sentence() {
      return "The peer sent the alert " + alert.rfcName();
    }
  }

  /** Our own fault, or a provider's. */
  record InternalFault(String sentence) implements TlsFailure {
    @Override
    public AlertDescription alert() {
      return AlertDescription.INTERNAL_ERROR;
    }
  }
}
