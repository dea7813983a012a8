/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLengthTest {
  private static int length(int... header) throws TlsException {
    return RecordReader.recordLength(ByteBuffer.wrap(bytes(header)));
  }

  @ParameterizedTest
  @EnumSource
  void isReadFromAnyBufferWithoutConsumingIt(BufferKind kind) throws TlsException {
    ByteBuffer in = kind.of(bytes(0, 22, 3, 3, 0x12, 0x34, 9));
    in.position(1);
    assertEquals(5 + 0x1234, RecordReader.recordLength(in));
    assertEquals(1, in.position());
    assertEquals(7, in.limit());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void isUnknownBeforeTheHeaderIsComplete(int length) throws TlsException {
    byte[] header = Arrays.copyOf(bytes(22, 3, 1, 0, 5), length);
    assertEquals(-1, RecordReader.recordLength(ByteBuffer.wrap(header)));
  }

  @ParameterizedTest
  @EnumSource
  void isKnownForEveryContentType(ContentType type) throws TlsException {
    assertEquals(5, length(type.code(), 3, 3, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19, 24, 0x47, 0x80, 255})
  void refusesAnUnknownTypeAtItsFirstByte(int type) {
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> length(type));
  }

  @Test
  void refusesPlainHttp() {
    ByteBuffer in = ByteBuffer.wrap("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> RecordReader.recordLength(in));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 0x83, 0xfe})
  void refusesAnotherMajorVersionAtItsFirstByte(int major) {
    assertAlert(AlertDescription.PROTOCOL_VERSION, () -> length(22, major));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 255})
  void ignoresTheMinorVersion(int minor) throws TlsException {
    assertEquals(6, length(22, 3, minor, 0, 1));
  }

  @Test
  void mayBeTwoToTheFourteenthAnd256() throws TlsException {
    assertEquals(5 + 16_384 + 256, length(23, 3, 3, 0x41, 0x00));
    assertEquals(RecordLimits.RECORD, length(23, 3, 3, 0x41, 0x00));
  }

  @Test
  void mayNotBeOneMore() {
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> length(23, 3, 3, 0x41, 0x01));
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> length(22, 3, 3, 0xff, 0xff));
  }
}
