/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.record;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.sealed13;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.Library;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The longest records, and those beyond; and tags that are cut, over each library's ciphers. RFC
 * 8446, Section 5.2: an endpoint that receives a record that is too long "MUST terminate the
 * connection with a "record_overflow" alert", one that does not open with "bad_record_mac".
 */
@ParameterizedClass
@EnumSource(Library.class)
final class RecordSizeTest {
  private static final int LONGEST = 1 << 14;
  private static final int TAG = 16;
  private static final ContentType DATA = ContentType.APPLICATION_DATA;

  private final AeadCiphers aeads;

  RecordSizeTest(Library library) {
    aeads = library.aeads();
  }

  @ParameterizedTest
  @EnumSource
  void carriesTwoToTheFourteenthBytes(ProtectionKind kind) throws TlsException {
    byte[] record = sealed(kind.sealing(aeads), DATA, content(LONGEST));
    ByteBuffer out = ByteBuffer.allocate(RecordLimits.APPLICATION_SPACE);
    reader(kind).read(ByteBuffer.wrap(record), out);
    assertArrayEquals(content(LONGEST), Records.written(out));
  }

  @ParameterizedTest
  @EnumSource
  void refusesOneByteMore(ProtectionKind kind) throws TlsException {
    byte[] record = sealed(kind.sealing(aeads), DATA, content(LONGEST + 1));
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> read(kind, record));
  }

  /** RFC 8446, Section 5.4 bounds content, type and padding together, by 2^14 + 1. */
  @ParameterizedTest
  @MethodSource("tls13")
  void refusesPaddingBeyondThat(ProtectionKind kind) throws TlsException {
    byte[] inner = Arrays.copyOf(bytes(5, DATA.code()), LONGEST + 1);
    ByteBuffer out = ByteBuffer.allocate(RecordLimits.APPLICATION_SPACE);
    reader(kind).read(ByteBuffer.wrap(sealed13(kind, 0, inner)), out);
    assertEquals(1, out.position());
    byte[] longer = sealed13(kind, 0, Arrays.copyOf(inner, LONGEST + 2));
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> read(kind, longer));
  }

  @ParameterizedTest
  @EnumSource
  void refusesPayloadsOf2To14And256AndOfOneMore(ProtectionKind kind) {
    for (int length : new int[] {LONGEST + 256, LONGEST + 257}) {
      byte[] record = record(DATA, new byte[length]);
      assertAlert(AlertDescription.RECORD_OVERFLOW, () -> read(kind, record));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesTagsThatAreCut(ProtectionKind kind) throws TlsException {
    for (int length : new int[] {0, 1, 100}) {
      byte[] whole = sealed(kind.sealing(aeads), DATA, content(length));
      for (int cut = 1; cut <= TAG; cut++) {
        byte[] payload = Arrays.copyOfRange(whole, 5, whole.length - cut);
        byte[] record = record(DATA, payload);
        assertAlert(AlertDescription.BAD_RECORD_MAC, () -> read(kind, record));
      }
    }
  }

  static java.util.stream.Stream<ProtectionKind> tls13() {
    return ProtectionKind.tls13();
  }

  private void read(ProtectionKind kind, byte[] record) throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(RecordLimits.RECORD);
    reader(kind).read(ByteBuffer.wrap(record), out);
  }

  private RecordReader reader(ProtectionKind kind) throws TlsException {
    RecordReader reader = new RecordReader(new HandshakeDeframer());
    reader.negotiated(kind.version);
    reader.protect(kind.opening(aeads));
    reader.peerFinished();
    return reader;
  }
}
