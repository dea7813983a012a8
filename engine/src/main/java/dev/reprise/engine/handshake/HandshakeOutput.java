/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.record.RecordProtection;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;

/** All that a state can do to the world: it never sees a socket, a buffer or a record. */
public interface HandshakeOutput {
  /** Sends a message and returns its encoding, for the transcript. */
  Opaque send(HandshakeMessage message) throws TlsException;

  void sendChangeCipherSpec() throws TlsException;

  /**
   * What to do if the connection ends in a fatal alert: RFC 5246, Section 7.2.2 and RFC 8446,
   * Section 6.2 want its sessions forgotten.
   */
  void onFailure(Runnable forget);

  /**
   * What wipes a secret of the handshake. It is run once the handshake is complete or has failed,
   * wherever it stood; if it is given later, when the connection ends. It must not mind that the
   * secret is wiped already.
   */
  void onEnd(Runnable wipe);

  /** From here on the rules of {@code version} hold for records and messages. */
  void negotiated(ProtocolVersion version);

  /** Tells what is known so far, for those who decide about certificates. */
  void negotiating(Negotiation negotiation);

  /** What is sent from here on is protected so; what was sent before goes out as it was. */
  void protectWriting(RecordProtection protection) throws TlsException;

  /** What comes from here on is protected so. Refused inside a message that is half read. */
  void protectReading(RecordProtection protection) throws TlsException;

  /** Whether and why a session is resumed, as soon as it is decided. */
  void resumption(dev.reprise.engine.resumption.ResumptionOutcome outcome);

  /** RFC 8446, Section 4.2.10: early data that was not accepted is skipped, up to a limit. */
  void skipEarlyData(EarlyDataRefusal refusal);

  /** Both Finished are verified: application data may flow. */
  void connected(ConnectionInfo info);

  /**
   * What a connection that is complete still waits for, if it waits: no message waits with it. RFC
   * 8446, Section 4.6.3: a KeyUpdate "can be sent by either peer after it has sent a Finished
   * message", and what follows is under new keys already.
   */
  void beside(HandshakeState work);

  /** Why refused early data is skipped, and so how it is told from what follows it. */
  enum EarlyDataRefusal {
    /** It is encrypted under a key that is not ours: records are dropped until one opens. */
    IN_FIRST_FLIGHT,
    /** A HelloRetryRequest went out: protected records are dropped until the second hello. */
    BEFORE_SECOND_HELLO
  }
}
