/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.concat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.record.HandshakeDeframer.Message;
import dev.reprise.engine.record.Received.ApplicationData;
import dev.reprise.engine.record.Received.Fragment;
import dev.reprise.engine.record.Received.Skipped;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer and a reader that talk for a while, in an order that a fixed seed decides. */
class RecordConversationTest {
  private final PlainAeads aeads = new PlainAeads();
  private final RecordWriter writer = new RecordWriter();
  private final HandshakeDeframer deframer = new HandshakeDeframer();
  private final RecordReader reader = new RecordReader(deframer);

  private final List<Opaque> messagesSent = new ArrayList<>();
  private final List<Opaque> messagesRead = new ArrayList<>();
  private final ByteArrayOutputStream dataSent = new ByteArrayOutputStream();
  private final ByteArrayOutputStream dataRead = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource
  void loseAndInventNothing(ProtectionKind kind) throws TlsException {
    Random random = new Random(kind.name().hashCode());
    writer.protect(kind.sealing(aeads));
    reader.protect(kind.opening(aeads));
    reader.peerFinished();
    for (int i = 0; i < 400; i++) {
      switch (random.nextInt(4)) {
        case 0 -> send(Records.message(HandshakeType.NEW_SESSION_TICKET, length(random)));
        case 1 -> transfer(random);
        case 2 -> changeKeys(kind, random);
        default -> sendData(random);
      }
    }
    transfer(random);
    assertEquals(messagesSent, messagesRead);
    assertArrayEquals(dataSent.toByteArray(), dataRead.toByteArray());
    assertEquals(2, aeads.open());
  }

  /** Short mostly, and sometimes longer than a record. */
  private static int length(Random random) {
    return random.nextInt(1 << (2 + random.nextInt(15)));
  }

  private void send(byte[] message) throws TlsException {
    messagesSent.add(Opaque.copyOf(message));
    writer.handshake(Opaque.copyOf(message));
    if (messagesSent.size() % 3 == 0) {
      transfer(new Random(messagesSent.size()));
    }
  }

  private void sendData(Random random) throws TlsException {
    transfer(random);
    byte[] first = new byte[length(random)];
    byte[] second = new byte[length(random)];
    random.nextBytes(first);
    random.nextBytes(second);
    dataSent.writeBytes(concat(first, second));
    ByteBuffer[] sources = {ByteBuffer.wrap(first), ByteBuffer.wrap(second)};
    ByteBuffer network = ByteBuffer.allocateDirect(300_000);
    while (sources[1].hasRemaining() || sources[0].hasRemaining()) {
      writer.seal(sources, 0, 2, network);
    }
    receive(network.flip());
  }

  private void changeKeys(ProtectionKind kind, Random random) throws TlsException {
    writer.protect(kind.sealing(aeads));
    transfer(random);
    reader.protect(kind.opening(aeads));
  }

  private void transfer(Random random) throws TlsException {
    ByteBuffer network = ByteBuffer.allocate(600_000);
    while (writer.hasPending()) {
      int room = writer.nextRecordLength() + random.nextInt(100);
      network.limit(network.position() + room);
      writer.drain(network);
    }
    receive(network.flip());
  }

  private void receive(ByteBuffer network) throws TlsException {
    while (network.hasRemaining()) {
      ByteBuffer application = ByteBuffer.allocate(reader.applicationSpaceNeeded(network));
      switch (reader.read(network, application)) {
        case ApplicationData data -> dataRead.write(application.array(), 0, data.length());
        case Fragment fragment -> deframer.add(fragment.plaintext());
        case Skipped _ -> throw new AssertionError("Nothing was to be skipped");
      }
      for (Message next = deframer.next(); next != null; next = deframer.next()) {
        messagesRead.add(next.encoded());
      }
    }
  }
}
