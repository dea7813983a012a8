/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.sealed;
import static dev.reprise.engine.record.Records.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.TlsException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The record layer over the AEADs that it is used with, held against the plain ones. */
class JcaRecordTest {
  private static final ContentType DATA = ContentType.APPLICATION_DATA;

  private final PlainAeads plain = new PlainAeads();
  private final AeadCiphers aeads = JcaCryptoProvider.create(new SecureRandom()).aeads();
  private final RecordWriter writer = new RecordWriter();
  private final RecordReader reader = new RecordReader(new HandshakeDeframer());

  static Stream<Arguments> kindsAndBuffers() {
    return RecordProtectionTest.kindsAndBuffers();
  }

  private void connect(ProtectionKind kind) throws TlsException {
    writer.protect(kind.sealing(aeads));
    reader.protect(kind.opening(aeads));
    reader.peerFinished();
  }

  @ParameterizedTest
  @MethodSource("kindsAndBuffers")
  void carriesApplicationData(ProtectionKind kind, BufferKind buffers) throws TlsException {
    connect(kind);
    RecordProtection sealing = kind.sealing(plain);
    for (int length : new int[] {1, 100, 16_384}) {
      ByteBuffer network = buffers.allocate(RecordLimits.RECORD).put(bytes(9, 9));
      writer.seal(buffers.of(content(length)), network);
      byte[] record = sealed(sealing, DATA, content(length));
      assertArrayEquals(concat(bytes(9, 9), record), written(network));
      ByteBuffer application = buffers.allocate(20_000).put(bytes(7));
      reader.read(buffers.of(written(network)).position(2), application);
      assertArrayEquals(concat(bytes(7), content(length)), written(application));
    }
  }

  @ParameterizedTest
  @MethodSource("kindsAndBuffers")
  void gathersApplicationDataInPlace(ProtectionKind kind, BufferKind buffers) throws TlsException {
    connect(kind);
    ByteBuffer[] sources = {
      buffers.of(content(300)), buffers.of(content(5)), buffers.of(content(9_000))
    };
    byte[] all = concat(content(300), content(5), content(9_000));
    ByteBuffer network = buffers.allocate(RecordLimits.RECORD).put(bytes(9, 9));
    writer.seal(sources, 0, 3, network);
    byte[] record = sealed(kind.sealing(plain), DATA, all);
    assertArrayEquals(concat(bytes(9, 9), record), written(network));
  }

  @ParameterizedTest
  @MethodSource("kindsAndBuffers")
  void refusesEveryFlippedBit(ProtectionKind kind, BufferKind buffers) throws TlsException {
    connect(kind);
    byte[] record = sealed(kind.sealing(plain), DATA, content(30));
    ByteBuffer application = buffers.allocate(100).put(bytes(7));
    for (int bit = 5 * 8; bit < record.length * 8; bit++) {
      byte[] flipped = record.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      ByteBuffer in = buffers.of(flipped);
      assertAlert(AlertDescription.BAD_RECORD_MAC, () -> reader.read(in, application));
      assertEquals(1, application.position());
    }
    byte[] untouched = new byte[99];
    application.get(1, untouched);
    assertArrayEquals(new byte[99], untouched);
    reader.read(buffers.of(record), application);
    assertArrayEquals(concat(bytes(7), content(30)), written(application));
  }

  @ParameterizedTest
  @EnumSource
  void copiesNoRecordOnItsWay(ProtectionKind kind) throws TlsException {
    connect(kind);
    ByteBuffer application = ByteBuffer.wrap(content(16_384));
    ByteBuffer network = ByteBuffer.allocate(RecordLimits.RECORD);
    ByteBuffer received = ByteBuffer.allocate(RecordLimits.APPLICATION_SPACE);
    long[] allocated = new long[200];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < allocated.length; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      writer.seal(application.rewind(), network.clear());
      reader.read(network.flip(), received.clear());
      allocated[i] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    long least = Arrays.stream(allocated).min().orElseThrow();
    assertTrue(least < 8_192, "allocates " + least + " bytes for sealing and opening 16,384");
  }
}
