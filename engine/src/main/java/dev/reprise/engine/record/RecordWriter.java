/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The outbound half of the record layer. Handshake messages are gathered and sealed late, so that
 * those of one flight and epoch share a record; application data is sealed straight into the
 * network's buffer. Not thread-safe.
 */
public final class RecordWriter implements AutoCloseable {
  private static final Opaque CHANGE_CIPHER_SPEC = Opaque.ofHex("140303000101");

  private final PendingBytes messages = new PendingBytes();
  private final PendingBytes records = new PendingBytes();
  private @Nullable RecordProtection protection;
  private int longestRecord = RecordLimits.RECORD;
  private boolean started;
  private boolean initialHello;
  private boolean ended;

  /**
   * From here on no record has more than {@code bytes} with its header, unless that is too few for
   * 64 bytes of content.
   */
  public void longestRecord(int bytes) {
    longestRecord = bytes;
  }

  /** Gathers a whole handshake message, header included; after close_notify it is not sent. */
  public void handshake(Opaque encoded) throws TlsException {
    if (ended) {
      return;
    }
    initialHello = !started && encoded.at(0) == HandshakeType.CLIENT_HELLO.code();
    started = true;
    messages.add(encoded);
  }

  /**
   * Sends a ChangeCipherSpec, never protected: TLS 1.2 knows it before there are keys only, and RFC
   * 8446, Section 5 has "a protected change_cipher_spec record" refused. After close_notify it is
   * not sent.
   */
  public void changeCipherSpec() throws TlsException {
    if (ended) {
      return;
    }
    flush();
    records.add(CHANGE_CIPHER_SPEC);
  }

  /**
   * Sends an alert, after the messages that were gathered before it. RFC 8446, Section 6.1, of
   * close_notify: "the sender will not send any more messages on this connection".
   */
  public void alert(AlertLevel level, AlertDescription description) throws TlsException {
    if (ended) {
      return;
    }
    ended = description == AlertDescription.CLOSE_NOTIFY;
    flush();
    ByteBuffer alert = ByteBuffer.allocate(2);
    alert.put((byte) level.code()).put((byte) description.code()).flip();
    writeToRecords(ContentType.ALERT, alert);
  }

  /**
   * Seals what comes from here on with {@code next}, and closes what was used so far. The messages
   * gathered before are sealed first: RFC 8446, Section 5.1: "Handshake messages MUST NOT span key
   * changes."
   */
  public void protect(RecordProtection next) throws TlsException {
    if (ended) {
      next.close();
      return;
    }
    try {
      flush();
    } catch (TlsException e) {
      next.close();
      throw e;
    }
    close();
    protection = next;
  }

  /** Whether close_notify was said: nothing comes after it. */
  public boolean hasEnded() {
    return ended;
  }

  /** Whether anything waits for {@link #drain}. */
  public boolean hasPending() {
    return !records.isEmpty() || !messages.isEmpty();
  }

  /** The length of the record that {@link #drain} would write next; 0 if nothing waits. */
  public int nextRecordLength() throws TlsException {
    if (!records.isEmpty()) {
      return RecordReader.recordLength(records.first(RecordHeader.LENGTH));
    }
    return messages.isEmpty() ? 0 : sealedLength(messages.length());
  }

  /**
   * Writes the records that wait, each of them whole, as many as find room in {@code out}.
   *
   * @return the bytes written; 0 if {@code out} has less than {@link #nextRecordLength} or nothing
   *     waits
   */
  public int drain(ByteBuffer out) throws TlsException {
    int start = out.position();
    while (hasPending() && out.remaining() >= nextRecordLength()) {
      drainOne(out);
    }
    if (!hasPending()) {
      records.release();
      messages.release();
    }
    return out.position() - start;
  }

  /**
   * Seals one record of what {@code application} has left, at most as much of it as a record may
   * have, and moves its position on by as many.
   *
   * @return the bytes written to {@code out}; 0 if it has less than {@link #sealedLength} or there
   *     is nothing to seal
   * @throws IllegalStateException if there are no keys, or records wait that must go out first
   */
  public int seal(ByteBuffer application, ByteBuffer out) throws TlsException {
    requireTimeForApplicationData();
    int length = Math.min(application.remaining(), longestFragment());
    if (length == 0 || out.remaining() < sealedLength(length)) {
      return 0;
    }
    int limit = application.limit();
    application.limit(application.position() + length);
    try {
      return write(ContentType.APPLICATION_DATA, application, out);
    } finally {
      application.limit(limit);
    }
  }

  /**
   * The same with the {@code count} buffers from {@code offset}, in this order and in one record.
   * What comes from more than one of them is put together where its ciphertext will be.
   */
  public int seal(ByteBuffer[] application, int offset, int count, ByteBuffer out)
      throws TlsException {
    RecordProtection sealing = requireTimeForApplicationData();
    int longest = longestFragment();
    int length = 0;
    for (int i = offset; i < offset + count && length < longest; i++) {
      int remaining = application[i].remaining();
      if (length == 0 && (remaining >= longest || i == offset + count - 1)) {
        return seal(application[i], out);
      }
      length = Math.min(longest, length + remaining);
    }
    if (length == 0 || out.remaining() < sealedLength(length)) {
      return 0;
    }
    int at = out.position() + sealing.prefixLength();
    ByteBuffer content = gather(application, offset, at, length, out);
    return write(ContentType.APPLICATION_DATA, content, out);
  }

  /** The length of the record that content of that many bytes needs, or as many as fit into one. */
  public int sealedLength(int contentLength) {
    return overhead() + Math.min(contentLength, longestFragment());
  }

  private int overhead() {
    RecordProtection sealing = protection;
    return RecordHeader.LENGTH + (sealing == null ? 0 : sealing.expansion());
  }

  private int longestFragment() {
    int room = longestRecord - overhead();
    return Math.clamp(room, RecordLimits.SHORTEST_FRAGMENT, RecordLimits.PLAINTEXT);
  }

  /**
   * Whether the key has nearly protected as many records as it may: RFC 9846, Section 5.5:
   * "Implementations MUST either close the connection or do a key update".
   */
  public boolean needsKeyUpdate() {
    RecordProtection sealing = protection;
    return sealing != null && sealing.needsKeyUpdate();
  }

  /** Closes the protection in use. What was sealed before can still be drained. */
  @Override
  public void close() {
    RecordProtection used = protection;
    if (used != null) {
      used.close();
    }
  }

  /** Bytes held for what waits. */
  int capacity() {
    return messages.capacity() + records.capacity();
  }

  private RecordProtection requireTimeForApplicationData() {
    RecordProtection sealing = protection;
    if (sealing == null || hasPending()) {
      throw new IllegalStateException("Not the time for application data");
    }
    return sealing;
  }

  private static ByteBuffer gather(
      ByteBuffer[] sources, int first, int at, int length, ByteBuffer out) {
    ByteBuffer content = out.duplicate().limit(at + length).position(at);
    for (int i = first; content.hasRemaining(); i++) {
      ByteBuffer source = sources[i];
      int limit = source.limit();
      source.limit(source.position() + Math.min(source.remaining(), content.remaining()));
      content.put(source);
      source.limit(limit);
    }
    return content.position(at);
  }

  private void flush() throws TlsException {
    while (!messages.isEmpty()) {
      ByteBuffer fragment = nextFragment();
      writeToRecords(ContentType.HANDSHAKE, fragment);
    }
  }

  private void drainOne(ByteBuffer out) throws TlsException {
    if (records.isEmpty()) {
      write(ContentType.HANDSHAKE, nextFragment(), out);
    } else {
      int length = nextRecordLength();
      out.put(records.first(length));
      records.remove(length);
    }
  }

  private ByteBuffer nextFragment() {
    int length = Math.min(messages.length(), longestFragment());
    ByteBuffer fragment = messages.first(length);
    messages.remove(length);
    return fragment;
  }

  private void writeToRecords(ContentType type, ByteBuffer content) throws TlsException {
    records.added(write(type, content, records.room(sealedLength(content.remaining()))));
  }

  /** One whole record, or nothing. */
  private int write(ContentType type, ByteBuffer content, ByteBuffer out) throws TlsException {
    int start = out.position();
    try {
      writeProtected(type, content, out);
    } catch (TlsException e) {
      out.position(start);
      throw e;
    }
    return out.position() - start;
  }

  private void writeProtected(ContentType type, ByteBuffer content, ByteBuffer out)
      throws TlsException {
    RecordProtection sealing = protection;
    if (sealing != null) {
      sealing.seal(type, content, out);
    } else {
      RecordHeader.write(out, type, version(type), content.remaining());
      out.put(content);
    }
  }

  private int version(ContentType type) {
    return initialHello && type == ContentType.HANDSHAKE
        ? RecordHeader.INITIAL_VERSION
        : RecordHeader.VERSION;
  }
}
