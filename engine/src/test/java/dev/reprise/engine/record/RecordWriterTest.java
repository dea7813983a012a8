/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.changeCipherSpec;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.message;
import static dev.reprise.engine.record.Records.record;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshake messages, alerts and ChangeCipherSpec: what is gathered, sealed late and drained. */
class RecordWriterTest {
  private static final byte[] CLIENT_HELLO = message(HandshakeType.CLIENT_HELLO, 100);
  private static final byte[] SERVER_HELLO = message(HandshakeType.SERVER_HELLO, 70);
  private static final byte[] EXTENSIONS = message(HandshakeType.ENCRYPTED_EXTENSIONS, 20);
  private static final byte[] FINISHED = message(HandshakeType.FINISHED, 32);
  private static final ContentType HANDSHAKE = ContentType.HANDSHAKE;

  private final PlainAeads aeads = new PlainAeads();
  private final RecordWriter writer = new RecordWriter();

  private void handshake(byte[] message) throws TlsException {
    writer.handshake(Opaque.copyOf(message));
  }

  private byte[] drain() throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(500_000);
    int drained = writer.drain(out);
    assertEquals(drained, out.position());
    assertFalse(writer.hasPending());
    return written(out);
  }

  @Test
  void hasNothingAtFirst() throws TlsException {
    assertFalse(writer.hasPending());
    assertFalse(writer.needsKeyUpdate());
    assertEquals(0, writer.nextRecordLength());
    assertEquals(0, writer.drain(ByteBuffer.allocate(100)));
  }

  @Test
  void saysTls10InTheInitialClientHelloOnly() throws TlsException {
    handshake(CLIENT_HELLO);
    assertArrayEquals(record(22, 0x0301, CLIENT_HELLO.length, CLIENT_HELLO), drain());
    handshake(CLIENT_HELLO);
    assertArrayEquals(record(HANDSHAKE, CLIENT_HELLO), drain());
  }

  @Test
  void saysTls12InEverythingElse() throws TlsException {
    handshake(SERVER_HELLO);
    writer.alert(AlertLevel.FATAL, AlertDescription.HANDSHAKE_FAILURE);
    byte[] alert = record(ContentType.ALERT, bytes(2, 40));
    assertArrayEquals(concat(record(HANDSHAKE, SERVER_HELLO), alert), drain());
  }

  @Test
  void saysTls12InAnAlertAfterTheInitialClientHello() throws TlsException {
    handshake(CLIENT_HELLO);
    writer.alert(AlertLevel.WARNING, AlertDescription.CLOSE_NOTIFY);
    byte[] hello = record(22, 0x0301, CLIENT_HELLO.length, CLIENT_HELLO);
    assertArrayEquals(concat(hello, record(ContentType.ALERT, bytes(1, 0))), drain());
  }

  @Test
  void gathersTheMessagesOfAFlightInOneRecord() throws TlsException {
    handshake(SERVER_HELLO);
    handshake(EXTENSIONS);
    handshake(FINISHED);
    byte[] flight = concat(SERVER_HELLO, EXTENSIONS, FINISHED);
    assertEquals(5 + flight.length, writer.nextRecordLength());
    assertArrayEquals(record(HANDSHAKE, flight), drain());
  }

  @ParameterizedTest
  @EnumSource
  void sealsAFlightAsOneRecord(ProtectionKind kind) throws TlsException {
    writer.protect(kind.sealing(aeads));
    handshake(EXTENSIONS);
    handshake(FINISHED);
    byte[] flight = concat(EXTENSIONS, FINISHED);
    assertEquals(5 + flight.length + kind.expansion, writer.nextRecordLength());
    assertArrayEquals(sealed(kind.sealing(aeads), HANDSHAKE, flight), drain());
  }

  @ParameterizedTest
  @EnumSource
  void splitsWhatIsTooLongForOneRecord(ProtectionKind kind) throws TlsException {
    writer.protect(kind.sealing(aeads));
    byte[] certificate = message(HandshakeType.CERTIFICATE, 40_000);
    handshake(certificate);
    handshake(FINISHED);
    byte[] flight = concat(certificate, FINISHED);
    RecordProtection sealing = kind.sealing(aeads);
    byte[] first = sealed(sealing, HANDSHAKE, Arrays.copyOf(flight, 16_384));
    byte[] second = sealed(sealing, HANDSHAKE, Arrays.copyOfRange(flight, 16_384, 32_768));
    byte[] third = sealed(sealing, HANDSHAKE, Arrays.copyOfRange(flight, 32_768, flight.length));
    assertArrayEquals(concat(first, second, third), drain());
  }

  @Test
  void splitsALongInitialClientHelloIntoRecordsOfOneVersion() throws TlsException {
    byte[] hello = message(HandshakeType.CLIENT_HELLO, 16_384);
    handshake(hello);
    byte[] drained = drain();
    assertArrayEquals(bytes(22, 3, 1, 0x40, 0), Arrays.copyOf(drained, 5));
    assertArrayEquals(bytes(22, 3, 1, 0, 4), Arrays.copyOfRange(drained, 5 + 16_384, 10 + 16_384));
    assertEquals(hello.length + 10, drained.length);
  }

  @Test
  void sealsWhatWasGatheredUnderTheOldKey() throws TlsException {
    ProtectionKind kind = ProtectionKind.TLS13_AES_128_GCM;
    ProtectionKind next = ProtectionKind.TLS13_CHACHA20_POLY1305;
    handshake(SERVER_HELLO);
    writer.changeCipherSpec();
    writer.protect(kind.sealing(aeads));
    handshake(EXTENSIONS);
    handshake(FINISHED);
    writer.protect(next.sealing(aeads));
    handshake(FINISHED);
    assertEquals(1, aeads.open());
    byte[] handshakes = sealed(kind.sealing(aeads), HANDSHAKE, concat(EXTENSIONS, FINISHED));
    byte[] last = sealed(next.sealing(aeads), HANDSHAKE, FINISHED);
    assertArrayEquals(
        concat(record(HANDSHAKE, SERVER_HELLO), changeCipherSpec(), handshakes, last), drain());
  }

  @ParameterizedTest
  @EnumSource
  void neverProtectsAChangeCipherSpec(ProtectionKind kind) throws TlsException {
    writer.protect(kind.sealing(aeads));
    handshake(FINISHED);
    writer.changeCipherSpec();
    byte[] finished = sealed(kind.sealing(aeads), HANDSHAKE, FINISHED);
    assertArrayEquals(concat(finished, changeCipherSpec()), drain());
  }

  @ParameterizedTest
  @EnumSource
  void sealsAnAlertAfterTheMessagesBeforeIt(ProtectionKind kind) throws TlsException {
    writer.protect(kind.sealing(aeads));
    handshake(FINISHED);
    writer.alert(AlertLevel.FATAL, AlertDescription.DECRYPT_ERROR);
    handshake(EXTENSIONS);
    RecordProtection sealing = kind.sealing(aeads);
    byte[] finished = sealed(sealing, HANDSHAKE, FINISHED);
    byte[] alert = sealed(sealing, ContentType.ALERT, bytes(2, 51));
    byte[] extensions = sealed(sealing, HANDSHAKE, EXTENSIONS);
    assertArrayEquals(concat(finished, alert, extensions), drain());
  }

  @ParameterizedTest
  @EnumSource
  void drainsWholeRecordsIntoAnyBuffer(BufferKind buffers) throws TlsException {
    ProtectionKind kind = ProtectionKind.TLS12_AES_256_GCM;
    handshake(SERVER_HELLO);
    writer.changeCipherSpec();
    writer.protect(kind.sealing(aeads));
    handshake(FINISHED);
    byte[] finished = sealed(kind.sealing(aeads), HANDSHAKE, FINISHED);
    byte[][] expected = {record(HANDSHAKE, SERVER_HELLO), changeCipherSpec(), finished};
    for (byte[] record : expected) {
      assertEquals(record.length, writer.nextRecordLength());
      ByteBuffer small = buffers.allocate(record.length - 1);
      assertEquals(0, writer.drain(small));
      assertEquals(0, small.position());
      ByteBuffer exact = buffers.allocate(record.length + 5).position(5);
      assertEquals(record.length, writer.drain(exact));
      assertArrayEquals(record, Arrays.copyOfRange(written(exact), 5, record.length + 5));
    }
    assertFalse(writer.hasPending());
  }

  @Test
  void drainsAsManyRecordsAsFit() throws TlsException {
    for (int i = 0; i < 5; i++) {
      writer.changeCipherSpec();
    }
    ByteBuffer out = ByteBuffer.allocate(20);
    assertEquals(18, writer.drain(out));
    assertEquals(12, writer.drain(ByteBuffer.allocate(20)));
    assertFalse(writer.hasPending());
  }

  @Test
  void holdsNoMemoryWhenIdle() throws TlsException {
    handshake(message(HandshakeType.CERTIFICATE, 30_000));
    writer.alert(AlertLevel.WARNING, AlertDescription.USER_CANCELED);
    handshake(FINISHED);
    assertTrue(writer.capacity() >= 30_000);
    drain();
    assertEquals(0, writer.capacity());
  }

  @Test
  void holdsLittleMoreThanWhatWaits() throws TlsException {
    for (int i = 0; i < 1_000; i++) {
      handshake(message(HandshakeType.KEY_UPDATE, 1));
    }
    assertTrue(writer.capacity() <= 2 * 5_000, "holds " + writer.capacity());
  }

  @Test
  void reusesTheSpaceOfDrainedRecords() throws TlsException {
    for (int i = 0; i < 10; i++) {
      writer.changeCipherSpec();
    }
    for (int i = 0; i < 1_000; i++) {
      assertEquals(6, writer.drain(ByteBuffer.allocate(6)));
      writer.changeCipherSpec();
    }
    assertTrue(writer.capacity() <= 1_024, "holds " + writer.capacity());
    assertEquals(60, drain().length);
  }

  @Test
  void refusesToHoardWhatNobodyDrains() throws TlsException {
    byte[] message = message(HandshakeType.CERTIFICATE, 65_532);
    for (int i = 0; i < RecordLimits.PENDING / 65_536; i++) {
      handshake(message);
    }
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> handshake(FINISHED));
    assertEquals(RecordLimits.PENDING + 16 * 5, drain().length);
  }

  @Test
  void refusesToHoardRecordsThatNobodyDrains() {
    assertAlert(
        AlertDescription.INTERNAL_ERROR,
        () -> {
          while (true) {
            writer.changeCipherSpec();
          }
        });
  }

  @Test
  void leavesNoPartOfARecordThatCouldNotBeSealed() throws TlsException {
    writer.protect(ProtectionKind.TLS13_AES_128_GCM.sealing(aeads));
    handshake(FINISHED);
    aeads.fail();
    ByteBuffer out = ByteBuffer.allocate(100).put(bytes(1, 2, 3));
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> writer.drain(out));
    assertEquals(3, out.position());
    assertAlert(
        AlertDescription.INTERNAL_ERROR,
        () -> writer.alert(AlertLevel.FATAL, AlertDescription.INTERNAL_ERROR));
    assertFalse(writer.hasPending());
  }

  @Test
  void closesTheNextKeyToIfItCannotComeToIt() throws TlsException {
    writer.protect(ProtectionKind.TLS13_AES_128_GCM.sealing(aeads));
    handshake(FINISHED);
    aeads.fail();
    RecordProtection next = ProtectionKind.TLS13_AES_128_GCM.sealing(aeads);
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> writer.protect(next));
    assertEquals(1, aeads.open());
    writer.close();
    assertEquals(0, aeads.open());
  }

  @Test
  void drainsAfterItIsClosedWhatWasSealedBefore() throws TlsException {
    ProtectionKind kind = ProtectionKind.TLS13_AES_128_GCM;
    writer.protect(kind.sealing(aeads));
    writer.alert(AlertLevel.WARNING, AlertDescription.CLOSE_NOTIFY);
    writer.close();
    assertArrayEquals(sealed(kind.sealing(aeads), ContentType.ALERT, bytes(1, 0)), drain());
  }
}
