/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.sealed13;
import static dev.reprise.engine.record.Records.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Tls13ProtectionTest {
  private final PlainAeads aeads = new PlainAeads();

  /** RFC 8448, Section 3: the client's first two records under its application traffic key. */
  @Test
  void sealsTheRecordsOfTheTrace() throws TlsException {
    Secret key = Secret.copyOf(Opaque.ofHex("17422dda596ed5d9acd890e3c63f5051").toArray());
    Secret iv = Secret.copyOf(Opaque.ofHex("5b78923dee08579033e523d9").toArray());
    RecordProtection sealing = Tls13Protection.sealing(aeads, AeadAlgorithm.AES_128_GCM, key, iv);
    byte[] content = new byte[50];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    assertEquals(
        Opaque.ofHex(
            "1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd5"
                + "4a9a20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4"),
        Opaque.copyOf(sealed(sealing, ContentType.APPLICATION_DATA, content)));
    assertEquals(
        Opaque.ofHex("1703030013c9872760655666b74d7ff1153efd6db6d0b0e3"),
        Opaque.copyOf(sealed(sealing, ContentType.ALERT, bytes(1, 0))));
  }

  @ParameterizedTest
  @MethodSource("dev.reprise.engine.record.ProtectionKind#tls13")
  void combinesTheIvWithTheSequenceNumber(ProtectionKind kind) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads);
    for (int sequence = 0; sequence < 600; sequence++) {
      byte[] expected = sealed13(kind, sequence, bytes(1, 2, 3, 22));
      assertArrayEquals(expected, sealed(sealing, ContentType.HANDSHAKE, bytes(1, 2, 3)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void carriesTheTypeInside(ContentType type) throws TlsException {
    ProtectionKind kind = ProtectionKind.TLS13_CHACHA20_POLY1305;
    byte[] record = sealed(kind.sealing(aeads), type, content(3));
    assertEquals(23, record[0]);
    assertEquals(type, open(record, ByteBuffer.allocate(4)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100, 16_380})
  void stripsPadding(int padding) throws TlsException {
    byte[] inner = concat(bytes(9, 8, 0, 23), new byte[padding]);
    ByteBuffer out = ByteBuffer.allocate(inner.length);
    byte[] record = sealed13(ProtectionKind.TLS13_CHACHA20_POLY1305, 0, inner);
    assertEquals(ContentType.APPLICATION_DATA, open(record, out));
    assertArrayEquals(bytes(9, 8, 0), written(out));
  }

  @Test
  void findsNoContentInPaddingAndTypeAlone() throws TlsException {
    byte[] record = sealed13(ProtectionKind.TLS13_CHACHA20_POLY1305, 0, bytes(23, 0, 0, 0));
    ByteBuffer out = ByteBuffer.allocate(4);
    assertEquals(ContentType.APPLICATION_DATA, open(record, out));
    assertEquals(0, out.position());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1_000, 16_385})
  void refusesARecordOfPaddingOnly(int length) {
    byte[] record = sealed13(ProtectionKind.TLS13_CHACHA20_POLY1305, 0, new byte[length]);
    assertAlert(
        AlertDescription.UNEXPECTED_MESSAGE, () -> open(record, ByteBuffer.allocate(length)));
  }

  @Test
  void looksForTheTypeInTheRecordOnly() {
    byte[] record = sealed13(ProtectionKind.TLS13_CHACHA20_POLY1305, 0, new byte[5]);
    ByteBuffer out = ByteBuffer.allocate(20).put(bytes(22, 22, 22));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> open(record, out));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 19, 24, 255})
  void refusesAnUnknownTypeInside(int type) {
    byte[] record = sealed13(ProtectionKind.TLS13_CHACHA20_POLY1305, 0, bytes(5, type));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> open(record, ByteBuffer.allocate(2)));
  }

  private ContentType open(byte[] record, ByteBuffer out) throws TlsException {
    RecordProtection opening = ProtectionKind.TLS13_CHACHA20_POLY1305.opening(aeads);
    ByteBuffer payload = ByteBuffer.wrap(record).position(5);
    return opening.open(ContentType.APPLICATION_DATA, payload, out);
  }
}
