/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
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
  private final HandshakeDeframer deframer;
  private final ContentRules rules;
  private @Nullable RecordProtection protection;
  private @Nullable EarlyDataBudget earlyData;
  private @Nullable ProtocolVersion version;
  private boolean peerFinished;

  /** Its fragments go to {@code deframer}, which is asked whether a message is half read. */
  public RecordReader(HandshakeDeframer deframer) {
    this.deframer = deframer;
    this.rules = new ContentRules(deframer);
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
      return rules.dropChangeCipherSpec(takeOut(payload));
    }
    Opaque content = takeOut(payload);
    if (type == ContentType.HANDSHAKE && isSkipping(EarlyDataSkip.UNTIL_SECOND_HELLO)) {
      earlyData = null;
    }
    return rules.fragment(type, content, false);
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
      if (innerType != ContentType.APPLICATION_DATA) {
        return rules.fragment(innerType, takeOut(out.duplicate().flip().position(start)), true);
      }
      Received received = rules.applicationData(out.position() - start);
      delivered = true;
      return received;
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
    return rules.fragment(innerType, Opaque.takeOver(content, 0, out.position()), true);
  }

  /** In TLS 1.3 everything is protected once there are keys, but ChangeCipherSpec. */
  private Received unprotectedAmongProtected(ContentType type, ByteBuffer payload)
      throws TlsException {
    if (type == ContentType.CHANGE_CIPHER_SPEC && !peerFinished) {
      return rules.dropChangeCipherSpec(takeOut(payload));
    }
    throw TlsException.unexpectedMessage(
        "Unprotected, when all should be protected: " + described(type, payload));
  }

  /** An alert by its name: a peer that could not read our ServerHello says why, and in clear. */
  private static String described(ContentType type, ByteBuffer payload) {
    AlertDescription alert =
        type == ContentType.ALERT && payload.remaining() == 2
            ? AlertDescription.of(payload.get(payload.position() + 1) & 0xff)
            : null;
    return alert == null ? "a record of type " + type : "the alert " + alert.rfcName();
  }

  private boolean isSkipping(EarlyDataSkip mode) {
    EarlyDataBudget budget = earlyData;
    return budget != null && budget.mode() == mode;
  }

  private Received skip(int payloadLength) throws TlsException {
    Objects.requireNonNull(earlyData).skip(payloadLength);
    return new Received.Skipped();
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
