/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.changeCipherSpec;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.message;
import static dev.reprise.engine.record.Records.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnprotectedRecordTest {
  private static final ByteBuffer NOWHERE = ByteBuffer.allocate(0);

  private final Inbound inbound = new Inbound();
  private final RecordReader reader = inbound.reader;

  @ParameterizedTest
  @EnumSource
  void isConsumedAloneFromAnyBuffer(BufferKind kind) throws TlsException {
    byte[] first = record(ContentType.HANDSHAKE, content(7));
    byte[] second = record(ContentType.ALERT, bytes(2, 40));
    ByteBuffer in = kind.of(concat(first, second, bytes(22)));
    Received.Fragment expected =
        new Received.Fragment(ContentType.HANDSHAKE, Opaque.copyOf(content(7)));
    assertEquals(expected, reader.read(in, NOWHERE));
    assertEquals(first.length, in.position());
    assertEquals(first.length + second.length + 1, in.limit());
    expected = new Received.Fragment(ContentType.ALERT, Opaque.copyOf(bytes(2, 40)));
    assertEquals(expected, reader.read(in, NOWHERE));
    assertEquals(1, in.remaining());
  }

  @Test
  void isConsumedEvenIfRefused() {
    ByteBuffer in = ByteBuffer.wrap(record(ContentType.ALERT, bytes(1)));
    assertAlert(AlertDescription.DECODE_ERROR, () -> reader.read(in, NOWHERE));
    assertEquals(0, in.remaining());
  }

  @Test
  void isRefusedAndKeptUnlessWhole() {
    byte[] record = record(ContentType.HANDSHAKE, content(9));
    for (int length = 0; length < record.length; length++) {
      ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(record, length));
      assertThrows(IllegalArgumentException.class, () -> reader.read(in, NOWHERE));
      assertEquals(length, in.remaining());
    }
  }

  @Test
  void maySayAnyMinorVersion() throws TlsException {
    for (int version = 0x0300; version < 0x0305; version++) {
      inbound.assertFragment(ContentType.HANDSHAKE, content(3), record(22, version, 3, content(3)));
    }
  }

  @Test
  void needsNoRoomOfTheApplication() throws TlsException {
    ByteBuffer in = ByteBuffer.wrap(record(ContentType.HANDSHAKE, content(9)));
    assertEquals(0, reader.applicationSpaceNeeded(in));
    assertEquals(0, reader.applicationSpaceNeeded(in.limit(4)));
  }

  @Test
  void mayHaveTwoToTheFourteenthBytes() throws TlsException {
    byte[] content = content(16_384);
    inbound.assertFragment(ContentType.HANDSHAKE, content, record(ContentType.HANDSHAKE, content));
  }

  @ParameterizedTest
  @ValueSource(ints = {16_385, 16_384 + 256, 16_384 + 257})
  void mayNotHaveMore(int length) {
    for (ContentType type : ContentType.values()) {
      if (type != ContentType.APPLICATION_DATA || length > 16_384 + 256) {
        assertAlert(
            AlertDescription.RECORD_OVERFLOW, () -> inbound.read(record(type, content(length))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void mayNotBeApplicationData(int length) {
    byte[] record = record(ContentType.APPLICATION_DATA, content(length));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(record));
  }

  @Test
  void mayNotBeEmpty() {
    for (ContentType type : new ContentType[] {ContentType.HANDSHAKE, ContentType.ALERT}) {
      byte[] record = record(type, new byte[0]);
      assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(record));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 100})
  void holdsExactlyOneAlert(int length) throws TlsException {
    inbound.assertFragment(ContentType.ALERT, bytes(2, 0), record(ContentType.ALERT, bytes(2, 0)));
    byte[] record = record(ContentType.ALERT, content(length));
    assertAlert(AlertDescription.DECODE_ERROR, () -> inbound.read(record));
  }

  @Test
  void handsOutAChangeCipherSpecBeforeTheVersionIsKnownAndInTls12() throws TlsException {
    inbound.assertFragment(ContentType.CHANGE_CIPHER_SPEC, bytes(1), changeCipherSpec());
    reader.negotiated(ProtocolVersion.TLS12);
    inbound.assertFragment(ContentType.CHANGE_CIPHER_SPEC, bytes(1), changeCipherSpec());
  }

  @Test
  void dropsAChangeCipherSpecInTls13() throws TlsException {
    reader.negotiated(ProtocolVersion.TLS13);
    inbound.assertSkipped(changeCipherSpec());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "02", "ff", "0101", "0100", "0001"})
  void refusesAnyOtherChangeCipherSpec(String content) {
    byte[] record = record(ContentType.CHANGE_CIPHER_SPEC, Opaque.ofHex(content).toArray());
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> inbound.read(record));
    reader.negotiated(ProtocolVersion.TLS12);
    assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> inbound.read(record));
    reader.negotiated(ProtocolVersion.TLS13);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(record));
  }

  @ParameterizedTest
  @EnumSource
  void refusesTheThirtyThirdChangeCipherSpec(ProtocolVersion version) throws TlsException {
    reader.negotiated(version);
    for (int i = 0; i < 32; i++) {
      inbound.read(changeCipherSpec());
    }
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(changeCipherSpec()));
  }

  @Test
  void countsTheChangeCipherSpecsOfAllEpochsTogether() throws TlsException {
    for (int i = 0; i < 16; i++) {
      inbound.read(changeCipherSpec());
    }
    reader.negotiated(ProtocolVersion.TLS13);
    reader.protect(ProtectionKind.TLS13_AES_128_GCM.opening(inbound.aeads));
    for (int i = 16; i < 32; i++) {
      inbound.assertSkipped(changeCipherSpec());
    }
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(changeCipherSpec()));
  }

  @Test
  void mayNotSplitAHandshakeMessage() throws TlsException {
    inbound.deframer.add(Opaque.copyOf(Arrays.copyOf(message(HandshakeType.FINISHED, 12), 9)));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(changeCipherSpec()));
  }

  @Test
  void maySplitAHandshakeMessageIfItSaysWhy() throws TlsException {
    inbound.deframer.add(Opaque.copyOf(bytes(20)));
    byte[] alert = bytes(2, 80);
    inbound.assertFragment(ContentType.ALERT, alert, record(ContentType.ALERT, alert));
  }

  @Test
  void endsWhereAMessageEndsBeforeAChangeOfKeys() throws TlsException {
    byte[] flight =
        concat(message(HandshakeType.FINISHED, 12), message(HandshakeType.SERVER_HELLO_DONE, 0));
    for (int length = 1; length <= flight.length; length++) {
      HandshakeDeframer deframer = new HandshakeDeframer();
      RecordReader checking = new RecordReader(deframer);
      deframer.add(Opaque.copyOf(Arrays.copyOf(flight, length)));
      deframer.next();
      RecordProtection next = ProtectionKind.TLS12_AES_128_GCM.opening(inbound.aeads);
      if (length == 16) {
        checking.protect(next);
        checking.close();
      } else {
        assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> checking.protect(next));
      }
      assertEquals(0, inbound.aeads.open());
    }
  }
}
