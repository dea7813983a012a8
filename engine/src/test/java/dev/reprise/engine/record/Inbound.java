/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reprise.engine.record.Received.ApplicationData;
import dev.reprise.engine.record.Received.Fragment;
import dev.reprise.engine.record.Received.Skipped;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/** A reader with a deframer and an application that has room for any record. */
final class Inbound {
  final PlainAeads aeads = new PlainAeads();
  final HandshakeDeframer deframer = new HandshakeDeframer();
  final RecordReader reader = new RecordReader(deframer);
  final ByteBuffer application = ByteBuffer.allocate(RecordLimits.APPLICATION_SPACE);

  /** One after the handshake, under keys of {@code kind}. */
  static Inbound connected(ProtectionKind kind) throws TlsException {
    Inbound inbound = handshaking(kind);
    inbound.reader.peerFinished();
    return inbound;
  }

  /** One with the keys of {@code kind}, while the handshake goes on. */
  static Inbound handshaking(ProtectionKind kind) throws TlsException {
    Inbound inbound = new Inbound();
    inbound.reader.negotiated(kind.version);
    inbound.reader.protect(kind.opening(inbound.aeads));
    return inbound;
  }

  /** What {@code record} is, with nothing in the application's buffer before. */
  Received read(byte[] record) throws TlsException {
    application.clear();
    return reader.read(ByteBuffer.wrap(record), application);
  }

  void assertFragment(ContentType type, byte[] content, byte[] record) throws TlsException {
    Fragment fragment = assertInstanceOf(Fragment.class, read(record));
    assertEquals(type, fragment.type());
    assertEquals(Opaque.copyOf(content), fragment.plaintext());
    assertEquals(0, application.position());
  }

  void assertApplicationData(byte[] content, byte[] record) throws TlsException {
    ApplicationData data = assertInstanceOf(ApplicationData.class, read(record));
    assertEquals(content.length, data.length());
    assertEquals(Opaque.copyOf(content), Opaque.copyOf(Records.written(application)));
  }

  void assertSkipped(byte[] record) throws TlsException {
    assertInstanceOf(Skipped.class, read(record));
    assertEquals(0, application.position());
  }
}
