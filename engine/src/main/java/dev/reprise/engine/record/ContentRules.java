/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** What a record may hold, and how often: the rules that are the same however it was protected. */
final class ContentRules {
  private static final int ALERT_LENGTH = 2;

  private final HandshakeDeframer deframer;
  private int changeCipherSpecs;
  private int emptyRecords;

  ContentRules(HandshakeDeframer deframer) {
    this.deframer = deframer;
  }

  Received applicationData(int length) throws TlsException {
    requireAligned(ContentType.APPLICATION_DATA);
    emptyRecords = length == 0 ? emptyRecords + 1 : 0;
    if (emptyRecords > RecordLimits.EMPTY_RECORDS) {
      throw TlsException.unexpectedMessage("Too many empty records in a row");
    }
    return new Received.ApplicationData(length);
  }

  Received fragment(ContentType type, Opaque content, boolean isProtected) throws TlsException {
    switch (type) {
      case HANDSHAKE -> requireContent(type, content);
      case ALERT -> requireOneAlert(content);
      case CHANGE_CIPHER_SPEC -> requireChangeCipherSpec(content, isProtected);
      case APPLICATION_DATA ->
          throw TlsException.unexpectedMessage("Application data came before the peer's Finished");
    }
    emptyRecords = 0;
    return new Received.Fragment(type, content);
  }

  /**
   * RFC 8446, Section 5: a receiver "MUST simply drop it without further processing", but one
   * "which receives any other change_cipher_spec value or which receives a protected
   * change_cipher_spec record MUST abort the handshake with an "unexpected_message" alert."
   */
  Received dropChangeCipherSpec(Opaque content) throws TlsException {
    if (!isChangeCipherSpec(content)) {
      throw TlsException.unexpectedMessage("A ChangeCipherSpec that is not the one byte 1");
    }
    countChangeCipherSpec();
    return new Received.Skipped();
  }

  /**
   * RFC 8446, Section 5.4: "Implementations MUST NOT send Handshake and Alert records that have a
   * zero-length TLSInnerPlaintext.content; if such a message is received, the receiving
   * implementation MUST terminate the connection with an "unexpected_message" alert." RFC 5246,
   * Section 6.2.1 forbids to send them as well.
   */
  private static void requireContent(ContentType type, Opaque content) throws TlsException {
    if (content.isEmpty()) {
      throw TlsException.unexpectedMessage("An empty record of type " + type);
    }
  }

  /**
   * RFC 8446, Section 5.1: "a record with an Alert type MUST contain exactly one message." Unlike
   * other records, one may come in the middle of a handshake message: it says why the rest of that
   * does not come.
   */
  private static void requireOneAlert(Opaque content) throws TlsException {
    requireContent(ContentType.ALERT, content);
    if (content.length() != ALERT_LENGTH) {
      throw new DecodeException("An alert record of " + content.length() + " bytes");
    }
  }

  /** TLS 1.2's ChangeCipherSpec, or one that came before the version was known. */
  private void requireChangeCipherSpec(Opaque content, boolean isProtected) throws TlsException {
    if (isProtected) {
      throw TlsException.unexpectedMessage("A protected ChangeCipherSpec");
    }
    if (!isChangeCipherSpec(content)) {
      throw TlsException.illegalParameter("A ChangeCipherSpec that is not the one byte 1");
    }
    requireAligned(ContentType.CHANGE_CIPHER_SPEC);
    countChangeCipherSpec();
  }

  private void countChangeCipherSpec() throws TlsException {
    changeCipherSpecs++;
    if (changeCipherSpecs > RecordLimits.CHANGE_CIPHER_SPECS) {
      throw TlsException.unexpectedMessage("Too many ChangeCipherSpec records");
    }
  }

  private static boolean isChangeCipherSpec(Opaque content) {
    return content.length() == 1 && content.at(0) == 1;
  }

  /**
   * RFC 8446, Section 5.1: "if a handshake message is split over two or more records, there MUST
   * NOT be any other records between them."
   */
  private void requireAligned(ContentType type) throws TlsException {
    if (!deframer.aligned()) {
      throw TlsException.unexpectedMessage("A record of type " + type + " splits a message");
    }
  }
}
