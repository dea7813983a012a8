/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.changeCipherSpec;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.message;
import static dev.reprise.engine.record.Records.record;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all protections alike. */
class ProtectedRecordTest {
  private static final ContentType DATA = ContentType.APPLICATION_DATA;
  private static final ContentType HANDSHAKE = ContentType.HANDSHAKE;
  private static final ContentType ALERT = ContentType.ALERT;

  private final PlainAeads aeads = new PlainAeads();

  static Stream<Arguments> kindsAndBuffers() {
    return RecordProtectionTest.kindsAndBuffers();
  }

  @ParameterizedTest
  @MethodSource("kindsAndBuffers")
  void goesStraightToTheApplication(ProtectionKind kind, BufferKind buffers) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] record = sealed(kind.sealing(aeads), DATA, content(100));
    ByteBuffer in = buffers.of(concat(bytes(9), record, bytes(23))).position(1);
    ByteBuffer out = buffers.allocate(500).put(bytes(7, 7, 7));
    assertEquals(new Received.ApplicationData(100), inbound.reader.read(in, out));
    assertEquals(1, in.remaining());
    assertArrayEquals(concat(bytes(7, 7, 7), content(100)), written(out));
    assertEquals(500, out.limit());
  }

  @ParameterizedTest
  @EnumSource
  void needsRoomBeforeAnythingIsConsumed(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] record = sealed(kind.sealing(aeads), DATA, content(100));
    ByteBuffer in = ByteBuffer.wrap(record);
    int needed = inbound.reader.applicationSpaceNeeded(in);
    assertEquals(kind.version == ProtocolVersion.TLS13 ? 101 : 100, needed);
    ByteBuffer small = ByteBuffer.allocate(needed - 1);
    assertThrows(BufferOverflowException.class, () -> inbound.reader.read(in, small));
    assertEquals(0, in.position());
    assertEquals(0, small.position());
    ByteBuffer enough = ByteBuffer.allocate(needed);
    assertEquals(new Received.ApplicationData(100), inbound.reader.read(in, enough));
    assertArrayEquals(content(100), written(enough));
  }

  @ParameterizedTest
  @EnumSource
  void knowsTheRoomFromTheHeaderAlone(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] header = bytes(23, 3, 3, 0x41, 0x00);
    assertEquals(16_385, inbound.reader.applicationSpaceNeeded(ByteBuffer.wrap(header)));
    assertEquals(0, inbound.reader.applicationSpaceNeeded(ByteBuffer.wrap(header, 0, 4)));
    assertEquals(0, inbound.reader.applicationSpaceNeeded(ByteBuffer.wrap(bytes(23, 3, 3, 0, 9))));
  }

  @ParameterizedTest
  @EnumSource
  void needsNoRoomDuringTheHandshake(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.handshaking(kind);
    byte[] record = sealed(kind.sealing(aeads), HANDSHAKE, content(100));
    ByteBuffer in = ByteBuffer.wrap(record);
    assertEquals(0, inbound.reader.applicationSpaceNeeded(in));
    assertEquals(
        new Received.Fragment(HANDSHAKE, Opaque.copyOf(content(100))),
        inbound.reader.read(in, ByteBuffer.allocate(0)));
  }

  @ParameterizedTest
  @EnumSource
  void isNotForTheApplicationBeforeThePeersFinished(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.handshaking(kind);
    byte[] record = sealed(kind.sealing(aeads), DATA, content(100));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(record));
    assertEquals(0, inbound.application.position());
    assertArrayEquals(new byte[100], Arrays.copyOf(inbound.application.array(), 100));
  }

  @ParameterizedTest
  @EnumSource
  void isTakenBackFromTheApplicationIfItIsNotForIt(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    RecordProtection sealing = kind.sealing(aeads);
    byte[] ticket = message(HandshakeType.NEW_SESSION_TICKET, 200);
    inbound.assertFragment(HANDSHAKE, ticket, sealed(sealing, HANDSHAKE, ticket));
    assertArrayEquals(new byte[300], Arrays.copyOf(inbound.application.array(), 300));
    inbound.assertFragment(ALERT, bytes(1, 0), sealed(sealing, ALERT, bytes(1, 0)));
    assertArrayEquals(new byte[300], Arrays.copyOf(inbound.application.array(), 300));
    inbound.assertApplicationData(content(3), sealed(sealing, DATA, content(3)));
  }

  @ParameterizedTest
  @EnumSource
  void mayHaveTwoToTheFourteenthBytes(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] content = content(16_384);
    byte[] record = sealed(kind.sealing(aeads), DATA, content);
    assertEquals(5 + 16_384 + kind.expansion, record.length);
    inbound.assertApplicationData(content, record);
  }

  @ParameterizedTest
  @EnumSource
  void mayNotHaveOneMore(ProtectionKind kind) throws TlsException {
    byte[] record = sealed(kind.sealing(aeads), DATA, content(16_385));
    Inbound connected = Inbound.connected(kind);
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> connected.read(record));
    assertArrayEquals(new byte[16_385], connected.application.array());
    Inbound handshaking = Inbound.handshaking(kind);
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> handshaking.read(record));
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWithAnyBitOfItsPayloadFlipped(ProtectionKind kind) throws TlsException {
    for (Inbound inbound : new Inbound[] {Inbound.connected(kind), Inbound.handshaking(kind)}) {
      byte[] record = sealed(kind.sealing(aeads), HANDSHAKE, content(20));
      for (int bit = 5 * 8; bit < record.length * 8; bit++) {
        record[bit / 8] ^= (byte) (1 << bit % 8);
        assertAlert(AlertDescription.BAD_RECORD_MAC, () -> inbound.read(record));
        assertEquals(0, inbound.application.position());
        record[bit / 8] ^= (byte) (1 << bit % 8);
      }
      inbound.assertFragment(HANDSHAKE, content(20), record);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWithAnyBitOfItsHeaderFlipped(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] record = sealed(kind.sealing(aeads), DATA, content(20));
    for (int bit = 0; bit < 5 * 8; bit++) {
      byte[] flipped = Arrays.copyOf(record, RecordLimits.RECORD);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(TlsException.class, () -> inbound.read(flipped), "bit " + bit);
    }
    inbound.assertApplicationData(content(20), record);
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedIfCutShort(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] record = sealed(kind.sealing(aeads), DATA, content(20));
    for (int length = 5; length < record.length; length++) {
      byte[] cut = record(DATA, Arrays.copyOfRange(record, 5, length));
      assertAlert(AlertDescription.BAD_RECORD_MAC, () -> inbound.read(cut));
    }
    byte[] longer = record(DATA, Arrays.copyOfRange(record, 5, record.length + 1));
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> inbound.read(longer));
    inbound.assertApplicationData(content(20), record);
  }

  @ParameterizedTest
  @EnumSource
  void isConsumedEvenIfItDoesNotOpen(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] record = sealed(kind.sealing(aeads), DATA, content(20));
    byte[] damaged = record.clone();
    damaged[damaged.length - 1] ^= 1;
    ByteBuffer in = ByteBuffer.wrap(concat(damaged, record));
    assertAlert(
        AlertDescription.BAD_RECORD_MAC, () -> inbound.reader.read(in, inbound.application));
    assertEquals(record.length, in.remaining());
    assertEquals(new Received.ApplicationData(20), inbound.reader.read(in, inbound.application));
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedTheSecondTime(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] record = sealed(kind.sealing(aeads), DATA, content(20));
    inbound.assertApplicationData(content(20), record);
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> inbound.read(record));
  }

  @ParameterizedTest
  @EnumSource
  void mustSayThatItIsTls12(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    byte[] record = sealed(kind.sealing(aeads), DATA, content(20));
    for (int version : new int[] {0x0300, 0x0301, 0x0302, 0x0304}) {
      byte[] payload = Arrays.copyOfRange(record, 5, record.length);
      byte[] other = record(23, version, payload.length, payload);
      assertAlert(AlertDescription.PROTOCOL_VERSION, () -> inbound.read(other));
    }
  }

  @ParameterizedTest
  @EnumSource
  void mayBeEmptyThirtyTwoTimesInARow(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    RecordProtection sealing = kind.sealing(aeads);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 32; i++) {
        inbound.assertApplicationData(new byte[0], sealed(sealing, DATA, new byte[0]));
      }
      inbound.assertApplicationData(content(1), sealed(sealing, DATA, content(1)));
    }
    for (int i = 0; i < 32; i++) {
      inbound.read(sealed(sealing, DATA, new byte[0]));
    }
    byte[] last = sealed(sealing, DATA, new byte[0]);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(last));
  }

  @ParameterizedTest
  @EnumSource
  void startsANewRowOfEmptyRecordsAfterAnAlert(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    RecordProtection sealing = kind.sealing(aeads);
    for (int i = 0; i < 64; i++) {
      if (i == 32) {
        inbound.read(sealed(sealing, ALERT, bytes(1, 90)));
      }
      inbound.assertApplicationData(new byte[0], sealed(sealing, DATA, new byte[0]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void mayNotBeEmptyIfItIsHandshakeOrAlert(ProtectionKind kind) throws TlsException {
    for (ContentType type : new ContentType[] {HANDSHAKE, ALERT}) {
      byte[] record = sealed(kind.sealing(aeads), type, new byte[0]);
      Inbound connected = Inbound.connected(kind);
      assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> connected.read(record));
      Inbound handshaking = Inbound.handshaking(kind);
      assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> handshaking.read(record));
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsExactlyOneAlert(ProtectionKind kind) throws TlsException {
    for (int length : new int[] {1, 3, 4}) {
      byte[] record = sealed(kind.sealing(aeads), ALERT, content(length));
      Inbound inbound = Inbound.connected(kind);
      assertAlert(AlertDescription.DECODE_ERROR, () -> inbound.read(record));
      assertArrayEquals(new byte[10], Arrays.copyOf(inbound.application.array(), 10));
    }
  }

  @ParameterizedTest
  @EnumSource
  void mayNotBeAChangeCipherSpec(ProtectionKind kind) throws TlsException {
    byte[] record = sealed(kind.sealing(aeads), ContentType.CHANGE_CIPHER_SPEC, bytes(1));
    Inbound handshaking = Inbound.handshaking(kind);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> handshaking.read(record));
    Inbound connected = Inbound.connected(kind);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> connected.read(record));
  }

  @ParameterizedTest
  @EnumSource
  void mayNotComeInTheMiddleOfAMessage(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    RecordProtection sealing = kind.sealing(aeads);
    inbound.deframer.add(Opaque.copyOf(bytes(4, 0)));
    for (int length : new int[] {0, 20}) {
      byte[] data = sealed(sealing, DATA, content(length));
      assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(data));
      assertEquals(0, inbound.application.position());
      assertArrayEquals(new byte[30], Arrays.copyOf(inbound.application.array(), 30));
    }
    inbound.assertFragment(ALERT, bytes(2, 80), sealed(sealing, ALERT, bytes(2, 80)));
    inbound.assertFragment(HANDSHAKE, content(5), sealed(sealing, HANDSHAKE, content(5)));
  }

  @ParameterizedTest
  @EnumSource
  void opensWithTheNextKeyOnlyAfterTheChange(ProtectionKind kind) throws TlsException {
    Inbound inbound = Inbound.connected(kind);
    RecordProtection first = kind.sealing(aeads);
    inbound.assertApplicationData(content(5), sealed(first, DATA, content(5)));
    inbound.reader.protect(kind.opening(inbound.aeads));
    assertEquals(1, inbound.aeads.open());
    byte[] late = sealed(first, DATA, content(5));
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> inbound.read(late));
    inbound.assertApplicationData(content(6), sealed(kind.sealing(aeads), DATA, content(6)));
    inbound.reader.close();
    assertEquals(0, inbound.aeads.open());
  }

  @ParameterizedTest
  @MethodSource("dev.reprise.engine.record.ProtectionKind#tls12")
  void mayNotComeInClearInTls12(ProtectionKind kind) throws TlsException {
    for (ContentType type : ContentType.values()) {
      Inbound inbound = Inbound.connected(kind);
      byte[] record = record(type, bytes(1));
      assertAlert(AlertDescription.BAD_RECORD_MAC, () -> inbound.read(record));
    }
    Inbound inbound = Inbound.handshaking(kind);
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> inbound.read(changeCipherSpec()));
  }
}
