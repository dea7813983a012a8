/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The inbound half of the record layer: one record at a time out of the network's buffer.
 * Application data is decrypted straight into the application's buffer, all else into an array of
 * its own. Not thread-safe.
 */
public final class RecordReader implements AutoCloseable {
  private static final int ALERT_LENGTH = 2;

  private final HandshakeDeframer deframer;
  private @Nullable RecordProtection protection;
  private @Nullable EarlyDataBudget earlyData;
  private @Nullable ProtocolVersion version;
  private boolean peerFinished;
  private int changeCipherSpecs;
  private int emptyRecords;

  /** Its fragments go to {@code deframer}, which is asked whether a message is half read. */
  public RecordReader(HandshakeDeframer deframer) {
    this.deframer = deframer;
  }

  /**
   * The length of the record that {@code in} starts with, header included, or -1 if that is not
   * known yet. Nothing is consumed.
   *
   * @throws TlsException as soon as it can be told that it is no record: {@code
   *     unexpected_message}, {@code protocol_version} or {@code record_overflow}
   */
  public static int recordLength(ByteBuffer in) throws TlsException {
    return RecordHeader.recordLength(in);
  }

  /** From here on the rules of {@code version} hold, even before anything is protected. */
  public void negotiated(ProtocolVersion version) {
    this.version = version;
  }

  /** The peer's Finished was verified: application data may come, ChangeCipherSpec no more. */
  public void peerFinished() {
    peerFinished = true;
  }

  /**
   * Drops refused early data, at most {@code maxBytes} of payload, until its mode says otherwise.
   */
  public void skipEarlyData(EarlyDataSkip mode, int maxBytes) {
    earlyData = new EarlyDataBudget(mode, maxBytes);
  }

  /**
   * Opens what comes from here on with {@code next} and closes what was used so far.
   *
   * <p>RFC 8446, Section 5.1: "Implementations MUST verify that all messages immediately preceding
   * a key change align with a record boundary; if not, then they MUST terminate the connection with
   * an "unexpected_message" alert." The same is asked in TLS 1.2, where a ChangeCipherSpec inside a
   * message is as wrong.
   */
  public void protect(RecordProtection next) throws TlsException {
    if (!deframer.aligned()) {
      next.close();
      throw TlsException.unexpectedMessage("A handshake message goes on after a change of keys");
    }
    close();
    protection = next;
  }

  /**
   * How many bytes {@link #read} must find free in the application's buffer for the whole record
   * that {@code in} starts with; 0 if that record cannot be for the application. In TLS 1.3 this is
   * the longest that the content could be.
   */
  public int applicationSpaceNeeded(ByteBuffer in) throws TlsException {
    RecordProtection opening = protection;
    int length = recordLength(in);
    if (length < 0 || opening == null || !isForApplication(RecordHeader.type(in))) {
      return 0;
    }
    int space = opening.openedLength(length - RecordHeader.LENGTH);
    return Math.min(space, RecordLimits.APPLICATION_SPACE);
  }

  /**
   * Consumes the whole record that {@code in} starts with, even if it is refused.
   *
   * @param applicationOut where application data goes; with less room than {@link
   *     #applicationSpaceNeeded} nothing is consumed. Bytes after its position may be overwritten
   *     within that space
   * @throws TlsException if the record or its place is wrong
   * @throws BufferOverflowException if {@code applicationOut} has too little room
   * @throws IllegalArgumentException if {@code in} holds no whole record
   */
  public Received read(ByteBuffer in, ByteBuffer applicationOut) throws TlsException {
    int length = recordLength(in);
    if (length < 0 || in.remaining() < length) {
      throw new IllegalArgumentException("Not a whole record");
    }
    if (applicationOut.remaining() < applicationSpaceNeeded(in)) {
      throw new BufferOverflowException();
    }
    ContentType type = RecordHeader.type(in);
    int recordVersion = RecordHeader.version(in);
    int limit = in.limit();
    int recordEnd = in.position() + length;
    in.limit(recordEnd).position(in.position() + RecordHeader.LENGTH);
    try {
      RecordProtection opening = protection;
      return opening == null
          ? unprotected(type, in)
          : opened(opening, type, recordVersion, in, applicationOut);
    } finally {
      in.limit(limit).position(recordEnd);
    }
  }

  private Received unprotected(ContentType type, ByteBuffer payload) throws TlsException {
    if (type == ContentType.APPLICATION_DATA) {
      return unprotectedApplicationData(payload);
    }
    RecordHeader.requireLength(payload.remaining(), RecordLimits.PLAINTEXT);
    if (type == ContentType.CHANGE_CIPHER_SPEC && version == ProtocolVersion.TLS13) {
      return dropChangeCipherSpec(payload);
    }
    Opaque content = takeOut(payload);
    if (type == ContentType.HANDSHAKE && isSkipping(EarlyDataSkip.UNTIL_SECOND_HELLO)) {
      earlyData = null;
    }
    return fragment(type, content);
  }

  private Received unprotectedApplicationData(ByteBuffer payload) throws TlsException {
    if (!isSkipping(EarlyDataSkip.UNTIL_SECOND_HELLO)) {
      throw TlsException.unexpectedMessage("Application data came before there were keys");
    }
    return skip(payload.remaining());
  }

  private Received opened(
      RecordProtection opening,
      ContentType type,
      int recordVersion,
      ByteBuffer payload,
      ByteBuffer applicationOut)
      throws TlsException {
    if (opening.version() == ProtocolVersion.TLS13 && type != ContentType.APPLICATION_DATA) {
      return unprotectedAmongProtected(type, payload);
    }
    // RFC 8446, Section 5.2: of a protected record "always 0x0303"; RFC 5246 has but that version.
    if (recordVersion != RecordHeader.VERSION) {
      throw RecordHeader.unknownVersion("A protected record's version is " + recordVersion);
    }
    int length = payload.remaining();
    RecordHeader.requireLength(length, RecordLimits.PLAINTEXT + opening.expansion());
    try {
      Received received =
          isForApplication(type)
              ? openForApplication(opening, type, payload, applicationOut)
              : openApart(opening, type, payload);
      earlyData = null;
      return received;
    } catch (TlsException e) {
      if (e.alert() == AlertDescription.BAD_RECORD_MAC
          && isSkipping(EarlyDataSkip.AFTER_REJECTION)) {
        return skip(length);
      }
      throw e;
    }
  }

  private boolean isForApplication(ContentType type) {
    return peerFinished && type == ContentType.APPLICATION_DATA;
  }

  /** Opens into the application's buffer, and takes back what proves not to be for it. */
  private Received openForApplication(
      RecordProtection opening, ContentType type, ByteBuffer payload, ByteBuffer out)
      throws TlsException {
    int start = out.position();
    int written = opening.openedLength(payload.remaining());
    boolean delivered = false;
    try {
      ContentType innerType = opening.open(type, payload, out);
      delivered = innerType == ContentType.APPLICATION_DATA;
      return delivered
          ? applicationData(out.position() - start)
          : fragment(innerType, takeOut(out.duplicate().flip().position(start)));
    } finally {
      if (!delivered) {
        wipe(out, start, written);
      }
    }
  }

  private Received openApart(RecordProtection opening, ContentType type, ByteBuffer payload)
      throws TlsException {
    byte[] content = new byte[opening.openedLength(payload.remaining())];
    ByteBuffer out = ByteBuffer.wrap(content);
    ContentType innerType = opening.open(type, payload, out);
    return fragment(innerType, Opaque.takeOver(content, 0, out.position()));
  }

  private Received applicationData(int length) throws TlsException {
    requireAligned(ContentType.APPLICATION_DATA);
    emptyRecords = length == 0 ? emptyRecords + 1 : 0;
    if (emptyRecords > RecordLimits.EMPTY_RECORDS) {
      throw TlsException.unexpectedMessage("Too many empty records in a row");
    }
    return new Received.ApplicationData(length);
  }

  private Received fragment(ContentType type, Opaque content) throws TlsException {
    switch (type) {
      case HANDSHAKE -> requireContent(type, content);
      case ALERT -> requireOneAlert(content);
      case CHANGE_CIPHER_SPEC -> requireChangeCipherSpec(content);
      case APPLICATION_DATA ->
          throw TlsException.unexpectedMessage("Application data came before the peer's Finished");
    }
    emptyRecords = 0;
    return new Received.Fragment(type, content);
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
  private void requireChangeCipherSpec(Opaque content) throws TlsException {
    if (protection != null) {
      throw TlsException.unexpectedMessage("A protected ChangeCipherSpec");
    }
    if (!isChangeCipherSpec(content)) {
      throw TlsException.illegalParameter("A ChangeCipherSpec that is not the one byte 1");
    }
    requireAligned(ContentType.CHANGE_CIPHER_SPEC);
    countChangeCipherSpec();
  }

  /**
   * RFC 8446, Section 5: a receiver "MUST simply drop it without further processing", but one
   * "which receives any other change_cipher_spec value or which receives a protected
   * change_cipher_spec record MUST abort the handshake with an "unexpected_message" alert."
   */
  private Received dropChangeCipherSpec(ByteBuffer payload) throws TlsException {
    if (!isChangeCipherSpec(takeOut(payload))) {
      throw TlsException.unexpectedMessage("A ChangeCipherSpec that is not the one byte 1");
    }
    countChangeCipherSpec();
    return new Received.Skipped();
  }

  /** In TLS 1.3 everything is protected once there are keys, but ChangeCipherSpec. */
  private Received unprotectedAmongProtected(ContentType type, ByteBuffer payload)
      throws TlsException {
    if (type == ContentType.CHANGE_CIPHER_SPEC && !peerFinished) {
      return dropChangeCipherSpec(payload);
    }
    throw TlsException.unexpectedMessage(
        "An unprotected record of type " + type + " came when all should be protected");
  }

  private void countChangeCipherSpec() throws TlsException {
    changeCipherSpecs++;
    if (changeCipherSpecs > RecordLimits.CHANGE_CIPHER_SPECS) {
      throw TlsException.unexpectedMessage("Too many ChangeCipherSpec records");
    }
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

  private boolean isSkipping(EarlyDataSkip mode) {
    EarlyDataBudget budget = earlyData;
    return budget != null && budget.mode() == mode;
  }

  private Received skip(int payloadLength) throws TlsException {
    Objects.requireNonNull(earlyData).skip(payloadLength);
    return new Received.Skipped();
  }

  private static boolean isChangeCipherSpec(Opaque content) {
    return content.length() == 1 && content.at(0) == 1;
  }

  private static Opaque takeOut(ByteBuffer from) {
    byte[] content = new byte[from.remaining()];
    from.get(content);
    return Opaque.takeOver(content);
  }

  private static void wipe(ByteBuffer out, int start, int length) {
    for (int i = start; i < start + length; i++) {
      out.put(i, (byte) 0);
    }
    out.position(start);
  }

  /** Closes the protection in use. What comes after that cannot be opened any more. */
  @Override
  public void close() {
    RecordProtection used = protection;
    if (used != null) {
      used.close();
    }
  }
}
