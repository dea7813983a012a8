/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.encrypted;
import static dev.reprise.engine.record.Records.record;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Tls12ProtectionTest {
  private final PlainAeads aeads = new PlainAeads();

  /** RFC 5288, Section 3 and RFC 5246, Section 6.2.3.3, written out. */
  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = "TLS12_AES_.*")
  void carriesTheSequenceNumberAsExplicitNonce(ProtectionKind kind) throws TlsException {
    RecordProtection sealing = kind.sealing(aeads);
    for (int sequence = 0; sequence < 300; sequence++) {
      byte[] number = bytes(0, 0, 0, 0, 0, 0, sequence >> 8, sequence);
      byte[] additional = concat(number, bytes(22, 3, 3, 0, 10));
      byte[] sealed = encrypted(kind, concat(kind.iv(), number), additional, content(10));
      assertArrayEquals(
          record(ContentType.HANDSHAKE, concat(number, sealed)),
          sealed(sealing, ContentType.HANDSHAKE, content(10)));
    }
  }

  @Test
  void acceptsAnyExplicitNonceOfThePeer() throws TlsException {
    ProtectionKind kind = ProtectionKind.TLS12_AES_128_GCM;
    RecordProtection opening = kind.opening(aeads);
    for (int sequence = 0; sequence < 3; sequence++) {
      byte[] explicit = bytes(0xff, 0xee, 3, 4, 5, 6, 7, 80 - sequence);
      byte[] additional = bytes(0, 0, 0, 0, 0, 0, 0, sequence, 23, 3, 3, 0, 4);
      byte[] text = encrypted(kind, concat(kind.iv(), explicit), additional, content(4));
      ByteBuffer out = ByteBuffer.allocate(4);
      ByteBuffer payload = ByteBuffer.wrap(concat(explicit, text));
      opening.open(ContentType.APPLICATION_DATA, payload, out);
      assertArrayEquals(content(4), written(out));
    }
  }

  /** RFC 7905, Section 2, written out. */
  @Test
  void combinesTheIvWithTheSequenceNumberForChaCha20() throws TlsException {
    ProtectionKind kind = ProtectionKind.TLS12_CHACHA20_POLY1305;
    RecordProtection sealing = kind.sealing(aeads);
    for (int sequence = 0; sequence < 300; sequence++) {
      byte[] nonce = kind.iv();
      nonce[10] ^= (byte) (sequence >> 8);
      nonce[11] ^= (byte) sequence;
      byte[] additional = bytes(0, 0, 0, 0, 0, 0, sequence >> 8, sequence, 21, 3, 3, 0, 2);
      assertArrayEquals(
          record(ContentType.ALERT, encrypted(kind, nonce, additional, content(2))),
          sealed(sealing, ContentType.ALERT, content(2)));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.reprise.engine.record.ProtectionKind#tls12")
  void bindsTheTypeOfTheRecord(ProtectionKind kind) throws TlsException {
    byte[] record = sealed(kind.sealing(aeads), ContentType.HANDSHAKE, content(2));
    ByteBuffer payload = ByteBuffer.wrap(record).position(5);
    assertAlert(
        AlertDescription.BAD_RECORD_MAC,
        () -> kind.opening(aeads).open(ContentType.ALERT, payload, ByteBuffer.allocate(2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 15, 16, 23})
  void refusesWhatIsTooShortForANonceAndATag(int length) throws TlsException {
    RecordProtection opening = ProtectionKind.TLS12_AES_128_GCM.opening(aeads);
    ByteBuffer payload = ByteBuffer.wrap(content(length));
    assertAlert(
        AlertDescription.BAD_RECORD_MAC,
        () -> opening.open(ContentType.HANDSHAKE, payload, ByteBuffer.allocate(9)));
    assertEquals(0, opening.openedLength(length));
  }
}
