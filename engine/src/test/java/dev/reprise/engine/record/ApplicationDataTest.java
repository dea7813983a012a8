/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.message;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the writer seals straight from the application's buffers into the network's. */
class ApplicationDataTest {
  private static final ProtectionKind KIND = ProtectionKind.TLS13_AES_128_GCM;
  private static final ContentType DATA = ContentType.APPLICATION_DATA;

  private final PlainAeads aeads = new PlainAeads();
  private final RecordWriter writer = new RecordWriter();

  static Stream<Arguments> kindsAndBuffers() {
    return RecordProtectionTest.kindsAndBuffers();
  }

  @ParameterizedTest
  @MethodSource("kindsAndBuffers")
  void isSealedFromAndToAnyBuffer(ProtectionKind kind, BufferKind buffers) throws TlsException {
    writer.protect(kind.sealing(aeads));
    ByteBuffer application = buffers.of(content(100)).position(10).limit(90);
    byte[] expected = sealed(kind.sealing(aeads), DATA, Arrays.copyOfRange(content(100), 10, 90));
    assertEquals(expected.length, writer.sealedLength(80));
    ByteBuffer out = buffers.allocate(3 + expected.length).put(bytes(1, 2, 3));
    assertEquals(expected.length, writer.seal(application, out));
    assertArrayEquals(concat(bytes(1, 2, 3), expected), written(out));
    assertEquals(90, application.position());
    assertEquals(90, application.limit());
  }

  @ParameterizedTest
  @MethodSource("kindsAndBuffers")
  void isGatheredFromSeveralBuffers(ProtectionKind kind, BufferKind buffers) throws TlsException {
    writer.protect(kind.sealing(aeads));
    ByteBuffer[] sources = {
      buffers.of(bytes(99)),
      buffers.of(content(40)),
      buffers.of(new byte[0]),
      buffers.of(content(7))
    };
    byte[] expected = sealed(kind.sealing(aeads), DATA, concat(content(40), content(7)));
    ByteBuffer out = buffers.allocate(3 + expected.length).put(bytes(1, 2, 3));
    assertEquals(expected.length, writer.seal(sources, 1, 3, out));
    assertArrayEquals(concat(bytes(1, 2, 3), expected), written(out));
    assertEquals(1, sources[0].remaining());
    assertEquals(0, sources[1].remaining());
    assertEquals(0, sources[3].remaining());
  }

  @Test
  void fillsOneRecordAndLeavesTheRest() throws TlsException {
    writer.protect(KIND.sealing(aeads));
    byte[] all = content(40_000);
    ByteBuffer application = ByteBuffer.wrap(all);
    RecordProtection sealing = KIND.sealing(aeads);
    for (int at = 0; at < all.length; at += 16_384) {
      int end = Math.min(all.length, at + 16_384);
      byte[] expected = sealed(sealing, DATA, Arrays.copyOfRange(all, at, end));
      ByteBuffer out = ByteBuffer.allocate(100_000);
      assertEquals(expected.length, writer.sealedLength(application.remaining()));
      assertEquals(expected.length, writer.seal(application, out));
      assertArrayEquals(expected, written(out));
      assertEquals(end, application.position());
      assertEquals(all.length, application.limit());
    }
  }

  @Test
  void fillsOneRecordFromSeveralBuffersAndLeavesTheRest() throws TlsException {
    writer.protect(KIND.sealing(aeads));
    ByteBuffer[] sources = {
      ByteBuffer.wrap(content(384)), ByteBuffer.wrap(content(20_000)), ByteBuffer.wrap(content(9))
    };
    RecordProtection sealing = KIND.sealing(aeads);
    byte[] first = concat(content(384), Arrays.copyOf(content(20_000), 16_000));
    byte[] second = concat(Arrays.copyOfRange(content(20_000), 16_000, 20_000), content(9));
    for (byte[] content : new byte[][] {first, second}) {
      ByteBuffer out = ByteBuffer.allocate(RecordLimits.RECORD);
      writer.seal(sources, 0, 3, out);
      assertArrayEquals(sealed(sealing, DATA, content), written(out));
    }
    assertEquals(0, writer.seal(sources, 0, 3, ByteBuffer.allocate(RecordLimits.RECORD)));
  }

  @Test
  void isTakenFromTheFirstBufferAloneIfThatFillsARecord() throws TlsException {
    writer.protect(KIND.sealing(aeads));
    ByteBuffer[] sources = {
      ByteBuffer.allocate(0), ByteBuffer.wrap(content(16_384)), ByteBuffer.wrap(content(9))
    };
    ByteBuffer out = ByteBuffer.allocate(RecordLimits.RECORD);
    writer.seal(sources, 0, 3, out);
    assertArrayEquals(sealed(KIND.sealing(aeads), DATA, content(16_384)), written(out));
    assertEquals(9, sources[2].remaining());
  }

  @ParameterizedTest
  @EnumSource
  void isNotTouchedWithoutRoomForTheRecord(ProtectionKind kind) throws TlsException {
    writer.protect(kind.sealing(aeads));
    ByteBuffer application = ByteBuffer.wrap(content(50));
    ByteBuffer[] two = {ByteBuffer.wrap(content(20)), ByteBuffer.wrap(content(30))};
    ByteBuffer out = ByteBuffer.allocate(5 + 50 + kind.expansion - 1);
    assertEquals(0, writer.seal(application, out));
    assertEquals(0, writer.seal(two, 0, 2, out));
    assertEquals(0, application.position() + two[0].position() + two[1].position());
    assertEquals(0, out.position());
    assertArrayEquals(new byte[out.capacity()], out.array());
  }

  @Test
  void makesNoRecordOfNothing() throws TlsException {
    writer.protect(KIND.sealing(aeads));
    ByteBuffer out = ByteBuffer.allocate(100);
    ByteBuffer nothing = ByteBuffer.allocate(0);
    assertEquals(0, writer.seal(nothing, out));
    assertEquals(0, writer.seal(new ByteBuffer[] {nothing, nothing}, 0, 2, out));
    assertEquals(0, writer.seal(new ByteBuffer[0], 0, 0, out));
    assertEquals(0, out.position());
  }

  @Test
  void isNeverSentInClear() {
    ByteBuffer application = ByteBuffer.wrap(content(50));
    ByteBuffer out = ByteBuffer.allocate(100);
    assertThrows(IllegalStateException.class, () -> writer.seal(application, out));
    assertThrows(
        IllegalStateException.class,
        () -> writer.seal(new ByteBuffer[] {application, application}, 0, 2, out));
    assertEquals(0, out.position());
  }

  @Test
  void doesNotOvertakeWhatWaits() throws TlsException {
    writer.protect(KIND.sealing(aeads));
    ByteBuffer application = ByteBuffer.wrap(content(50));
    ByteBuffer out = ByteBuffer.allocate(1_000);
    writer.handshake(Opaque.copyOf(message(HandshakeType.KEY_UPDATE, 1)));
    assertThrows(IllegalStateException.class, () -> writer.seal(application, out));
    writer.alert(AlertLevel.WARNING, AlertDescription.USER_CANCELED);
    assertThrows(IllegalStateException.class, () -> writer.seal(application, out));
    writer.drain(out);
    assertTrue(writer.seal(application, out) > 0);
  }

  @ParameterizedTest
  @EnumSource
  void asksForAKeyUpdateInTime(ProtectionKind kind) throws TlsException {
    writer.protect(kind.sealing(aeads, 33));
    ByteBuffer out = ByteBuffer.allocate(10_000);
    assertFalse(writer.needsKeyUpdate());
    writer.seal(ByteBuffer.wrap(content(1)), out);
    assertTrue(writer.needsKeyUpdate());
    writer.handshake(Opaque.copyOf(message(HandshakeType.KEY_UPDATE, 1)));
    writer.protect(kind.sealing(aeads));
    assertFalse(writer.needsKeyUpdate());
  }

  @Test
  void isRefusedWhenTheKeyIsUsedUp() throws TlsException {
    writer.protect(KIND.sealing(aeads, 33));
    ByteBuffer out = ByteBuffer.allocate(10_000);
    for (int i = 0; i < 33; i++) {
      writer.seal(ByteBuffer.wrap(content(1)), out);
    }
    int before = out.position();
    ByteBuffer application = ByteBuffer.wrap(content(1));
    assertAlert(AlertDescription.INTERNAL_ERROR, () -> writer.seal(application, out));
    assertEquals(before, out.position());
  }
}
