/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordProtectionTest {
  private static final int[] LENGTHS = {0, 1, 15, 16, 17, 255, 256, 4_095, 16_383, 16_384};

  private final PlainAeads aeads = new PlainAeads();

  static Stream<Arguments> kindsAndBuffers() {
    return Stream.of(ProtectionKind.values())
        .flatMap(kind -> Stream.of(BufferKind.values()).map(buffer -> Arguments.of(kind, buffer)));
  }

  @ParameterizedTest
  @MethodSource("kindsAndBuffers")
  void opensWhatWasSealed(ProtectionKind kind, BufferKind buffers) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads);
    RecordProtection opening = kind.opening(aeads);
    for (int length : LENGTHS) {
      ByteBuffer record = buffers.allocate(5 + length + kind.expansion);
      sealing.seal(ContentType.APPLICATION_DATA, buffers.of(content(length)), record);
      assertEquals(record.limit(), record.position());
      ByteBuffer payload = buffers.of(written(record)).position(5);
      ByteBuffer opened = buffers.allocate(opening.openedLength(payload.remaining()));
      ContentType outer = ContentType.APPLICATION_DATA;
      assertEquals(ContentType.APPLICATION_DATA, opening.open(outer, payload, opened));
      assertArrayEquals(content(length), written(opened));
    }
  }

  @ParameterizedTest
  @EnumSource
  void announcesItsLengths(ProtectionKind kind) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads);
    byte[] record = sealed(sealing, ContentType.ALERT, content(2));
    assertEquals(kind.version, sealing.version());
    assertEquals(kind.expansion, sealing.expansion());
    assertEquals(5 + 2 + kind.expansion, record.length);
    assertEquals(kind.expansion + 2, ((record[3] & 0xff) << 8) | record[4]);
    assertEquals(0, sealing.openedLength(0));
  }

  @ParameterizedTest
  @EnumSource
  void keepsThePositionsBeforeItsOwn(ProtectionKind kind) throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(100).put(content(7));
    ByteBuffer in = ByteBuffer.wrap(content(20)).position(3).limit(13);
    kind.sealing(aeads).seal(ContentType.HANDSHAKE, in, out);
    assertEquals(13, in.position());
    assertEquals(7 + 5 + 10 + kind.expansion, out.position());
    assertArrayEquals(content(7), Arrays.copyOf(out.array(), 7));
  }

  @ParameterizedTest
  @EnumSource
  void sealsInPlace(ProtectionKind kind) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads);
    byte[] expected = sealed(kind.sealing(aeads), ContentType.HANDSHAKE, content(50));
    ByteBuffer out = ByteBuffer.allocate(expected.length);
    out.put(sealing.prefixLength(), content(50));
    ByteBuffer text = out.duplicate().position(sealing.prefixLength());
    text.limit(text.position() + 50);
    sealing.seal(ContentType.HANDSHAKE, text, out);
    assertArrayEquals(expected, out.array());
  }

  @ParameterizedTest
  @EnumSource
  void refusesRecordsOutOfOrder(ProtectionKind kind) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads);
    byte[] first = sealed(sealing, ContentType.APPLICATION_DATA, content(9));
    byte[] second = sealed(sealing, ContentType.APPLICATION_DATA, content(9));
    RecordProtection opening = kind.opening(aeads);
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> open(opening, second));
    open(opening, first);
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> open(opening, first));
    open(opening, second);
  }

  @ParameterizedTest
  @EnumSource
  void asksForAKeyUpdateBeforeTheLimitAndRefusesToPassIt(ProtectionKind kind) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads, 40);
    for (int i = 0; i < 40; i++) {
      assertEquals(i >= 40 - 32, sealing.needsKeyUpdate(), "after " + i + " records");
      sealed(sealing, ContentType.APPLICATION_DATA, content(1));
    }
    assertAlert(
        AlertDescription.INTERNAL_ERROR,
        () -> sealed(sealing, ContentType.APPLICATION_DATA, content(1)));
  }

  @ParameterizedTest
  @EnumSource
  void doesNotHoldTheSenderToALimit(ProtectionKind kind) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads);
    RecordProtection opening = kind.opening(aeads);
    for (int i = 0; i < 300; i++) {
      open(opening, sealed(sealing, ContentType.APPLICATION_DATA, content(1)));
    }
    assertFalse(opening.needsKeyUpdate());
  }

  @Test
  void limitsAesGcmOnly() {
    assertEquals(23_726_566, RecordLimits.records(AeadAlgorithm.AES_128_GCM));
    assertEquals(23_726_566, RecordLimits.records(AeadAlgorithm.AES_256_GCM));
    assertEquals(Long.MAX_VALUE, RecordLimits.records(AeadAlgorithm.CHACHA20_POLY1305));
  }

  @ParameterizedTest
  @EnumSource
  void closesItsKey(ProtectionKind kind) throws TlsException {
    try (RecordProtection sealing = kind.sealing(aeads);
        RecordProtection opening = kind.opening(aeads)) {
      assertEquals(2, aeads.open());
      assertFalse(sealing.needsKeyUpdate() || opening.needsKeyUpdate());
    }
    assertEquals(0, aeads.open());
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnIvOfAnotherLength(ProtectionKind kind) {
    Secret key = Secret.copyOf(kind.key());
    Secret iv = Secret.copyOf(new byte[8]);
    assertThrows(
        IllegalArgumentException.class,
        () -> Tls13Protection.sealing(aeads, kind.algorithm, key, iv));
    assertThrows(
        IllegalArgumentException.class,
        () -> Tls12GcmProtection.opening(aeads, kind.algorithm, key, iv));
    assertThrows(
        IllegalArgumentException.class,
        () -> Tls12ChaChaProtection.sealing(aeads, kind.algorithm, key, iv));
    assertEquals(0, aeads.open());
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsKeyWhenTheCallersIsWiped(ProtectionKind kind) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads);
    byte[] expected = sealed(sealing, ContentType.ALERT, content(2));
    Secret key = Secret.copyOf(kind.key());
    Secret iv = Secret.copyOf(kind.iv());
    RecordProtection other =
        kind.expansion == 24
            ? Tls12GcmProtection.sealing(aeads, kind.algorithm, key, iv)
            : kind.expansion == 16
                ? Tls12ChaChaProtection.sealing(aeads, kind.algorithm, key, iv)
                : Tls13Protection.sealing(aeads, kind.algorithm, key, iv);
    key.close();
    iv.close();
    assertArrayEquals(expected, sealed(other, ContentType.ALERT, content(2)));
  }

  private static ContentType open(RecordProtection opening, byte[] record) throws TlsException {
    ByteBuffer payload = ByteBuffer.wrap(record).position(5);
    ContentType outer = ContentType.of(record[0]);
    assertTrue(outer != null);
    return opening.open(outer, payload, ByteBuffer.allocate(record.length));
  }
}
