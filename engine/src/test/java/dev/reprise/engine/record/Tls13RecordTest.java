/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.changeCipherSpec;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.record;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.sealed13;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS 1.3 adds: padding, a type inside, and ChangeCipherSpec records that mean nothing. */
class Tls13RecordTest {
  private static final ProtectionKind KIND = ProtectionKind.TLS13_AES_128_GCM;

  private final PlainAeads aeads = new PlainAeads();

  @Test
  void deliversPaddedApplicationData() throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    byte[] inner = concat(content(10), bytes(23), new byte[300]);
    ByteBuffer in = ByteBuffer.wrap(sealed13(KIND, 0, inner));
    assertEquals(311, inbound.reader.applicationSpaceNeeded(in));
    inbound.assertApplicationData(content(10), in.array());
  }

  @Test
  void takesBackAPaddedMessageWithItsTypeAndPadding() throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    byte[] inner = concat(content(10), bytes(22), new byte[300]);
    inbound.assertFragment(ContentType.HANDSHAKE, content(10), sealed13(KIND, 0, inner));
    assertArrayEquals(new byte[400], Arrays.copyOf(inbound.application.array(), 400));
  }

  @Test
  void takesBackNothingThatWasThereBefore() throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    ByteBuffer out = ByteBuffer.allocate(100).put(content(50));
    out.put(63, (byte) 0x77);
    byte[] record = sealed13(KIND, 0, concat(content(10), bytes(22, 0, 0)));
    inbound.reader.read(ByteBuffer.wrap(record), out);
    assertEquals(50, out.position());
    assertArrayEquals(content(50), Arrays.copyOf(out.array(), 50));
    assertArrayEquals(new byte[13], Arrays.copyOfRange(out.array(), 50, 63));
    assertEquals(0x77, out.get(63));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 16_385})
  void refusesPaddingWithoutAType(int length) throws TlsException {
    byte[] record = sealed13(KIND, 0, new byte[length]);
    Inbound connected = Inbound.connected(KIND);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> connected.read(record));
    Inbound handshaking = Inbound.handshaking(KIND);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> handshaking.read(record));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 24, 255})
  void refusesAnUnknownTypeInsideAndTakesItBack(int type) throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    byte[] record = sealed13(KIND, 0, concat(content(10), bytes(type)));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(record));
    assertEquals(0, inbound.application.position());
    assertArrayEquals(new byte[20], Arrays.copyOf(inbound.application.array(), 20));
  }

  @Test
  void countsPaddedRecordsWithoutContentAsEmpty() throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    for (int i = 0; i < 32; i++) {
      inbound.assertApplicationData(new byte[0], sealed13(KIND, i, bytes(23, 0, 0)));
    }
    assertAlert(
        AlertDescription.UNEXPECTED_MESSAGE,
        () -> inbound.read(sealed13(KIND, 32, bytes(23, 0, 0))));
  }

  @Test
  void letsPaddingFillTheLongestInnerPlaintext() throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    byte[] inner = Arrays.copyOf(concat(content(10), bytes(23)), 16_385);
    ByteBuffer in = ByteBuffer.wrap(sealed13(KIND, 0, inner));
    assertEquals(RecordLimits.APPLICATION_SPACE, inbound.reader.applicationSpaceNeeded(in));
    inbound.assertApplicationData(content(10), in.array());
  }

  @ParameterizedTest
  @ValueSource(ints = {16_386, 16_384 + 240})
  void refusesPaddingThatGoesFurther(int length) throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    byte[] record = sealed13(KIND, 0, Arrays.copyOf(concat(content(10), bytes(23)), length));
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> inbound.read(record));
  }

  @Test
  void refusesOneByteMoreThan256AfterTwoToTheFourteenth() throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    byte[] record = sealed13(KIND, 0, Arrays.copyOf(bytes(5, 23), 16_384 + 241));
    assertEquals(5 + 16_384 + 257, record.length);
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> inbound.read(record));
  }

  @Test
  void dropsChangeCipherSpecsAmongProtectedRecords() throws TlsException {
    Inbound inbound = Inbound.handshaking(KIND);
    RecordProtection sealing = KIND.sealing(aeads);
    for (int i = 0; i < 32; i++) {
      inbound.assertSkipped(changeCipherSpec());
      byte[] record = sealed(sealing, ContentType.HANDSHAKE, content(5));
      inbound.assertFragment(ContentType.HANDSHAKE, content(5), record);
    }
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(changeCipherSpec()));
  }

  @Test
  void dropsAChangeCipherSpecInTheMiddleOfAMessage() throws TlsException {
    Inbound inbound = Inbound.handshaking(KIND);
    inbound.deframer.add(Opaque.copyOf(bytes(20, 0)));
    inbound.assertSkipped(changeCipherSpec());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "02", "0101"})
  void refusesAnyOtherChangeCipherSpecAmongProtectedRecords(String content) throws TlsException {
    Inbound inbound = Inbound.handshaking(KIND);
    byte[] record = record(ContentType.CHANGE_CIPHER_SPEC, Opaque.ofHex(content).toArray());
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(record));
  }

  @Test
  void refusesAChangeCipherSpecAfterThePeersFinished() throws TlsException {
    Inbound inbound = Inbound.connected(KIND);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(changeCipherSpec()));
  }

  @Test
  void refusesHandshakeAndAlertsInClear() throws TlsException {
    for (Inbound inbound : new Inbound[] {Inbound.handshaking(KIND), Inbound.connected(KIND)}) {
      byte[] handshake = record(ContentType.HANDSHAKE, content(4));
      assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(handshake));
      for (int description = 0; description < 256; description++) {
        byte[] alert = record(ContentType.ALERT, bytes(2, description));
        assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(alert));
      }
    }
  }

  @Test
  void namesTheAlertThatItRefusesInClear() throws TlsException {
    Inbound inbound = Inbound.handshaking(KIND);
    byte[] alert = record(ContentType.ALERT, bytes(2, 40));
    TlsException refused = assertThrows(TlsException.class, () -> inbound.read(alert));
    assertTrue(refused.failure().sentence().endsWith("the alert handshake_failure"));
  }
}
