/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.record.EarlyDataSkip;
import dev.reprise.engine.record.HandshakeDeframer;
import dev.reprise.engine.record.Received;
import dev.reprise.engine.record.RecordLimits;
import dev.reprise.engine.record.RecordProtection;
import dev.reprise.engine.record.RecordReader;
import dev.reprise.engine.record.Tls12ChaChaProtection;
import dev.reprise.engine.record.Tls12GcmProtection;
import dev.reprise.engine.record.Tls13Protection;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import java.nio.ByteBuffer;
import java.util.Set;

/** {@code uint8 mode}, then {@link Records}: the record layer and the deframer of messages. */
public final class RecordTarget {
  private static final int PROTECTION = 0x03;
  private static final int FINISHED = 0x04;
  private static final int REJECTED = 0x08;
  private static final int RETRIED = 0x10;
  private static final long HELD_ANYHOW = 1 << 10;

  private static final ThreadLocal<ByteBuffer> APPLICATION =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(RecordLimits.APPLICATION_SPACE));

  private final HandshakeDeframer deframer = new HandshakeDeframer();
  private final RecordReader reader = new RecordReader(deframer);
  private final ByteBuffer application = APPLICATION.get();
  private int received;
  private int read;
  private int messages;

  private RecordTarget(int mode) throws TlsException {
    RecordProtection protection = protection(mode & PROTECTION);
    if (protection != null) {
      reader.negotiated(protection.version());
      reader.protect(protection);
    } else if ((mode & FINISHED) != 0) {
      reader.negotiated(ProtocolVersion.TLS13);
    }
    if ((mode & FINISHED) != 0) {
      reader.peerFinished();
    }
    if ((mode & (REJECTED | RETRIED)) != 0) {
      boolean rejected = (mode & REJECTED) != 0;
      reader.skipEarlyData(
          rejected ? EarlyDataSkip.AFTER_REJECTION : EarlyDataSkip.UNTIL_SECOND_HELLO, 1000);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    int _ = run(bytes);
  }

  /** How many whole messages came out. */
  static int run(byte[] bytes) {
    Input input = new Input(bytes);
    try {
      return new RecordTarget(input.uint8()).over(input);
    } catch (TlsException e) {
      throw new AssertionError("Nothing was received yet", e);
    }
  }

  private int over(Input input) {
    try {
      while (input.hasMore()) {
        read(Records.next(input));
      }
    } catch (TlsException e) {
      if (e.failure() instanceof TlsFailure.InternalFault) {
        throw new AssertionError("Not foreseen: " + e.getMessage(), e);
      }
    }
    long held = Held.bytes(deframer, Set.of());
    if (held > HELD_ANYHOW + 4L * received) {
      throw new AssertionError(held + " bytes held of " + received);
    }
    return messages;
  }

  private void read(byte[] bytes) throws TlsException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    received += bytes.length;
    while (in.hasRemaining()) {
      int length = RecordReader.recordLength(in);
      if (length < 0 || length > in.remaining()) {
        return;
      }
      int start = in.position();
      application.clear().limit(reader.applicationSpaceNeeded(in));
      if (reader.read(in, application) instanceof Received.Fragment(ContentType type, var plaintext)
          && type == ContentType.HANDSHAKE) {
        deframer.add(plaintext);
        takeMessages();
      }
      if (in.position() != start + length) {
        throw new AssertionError("A record of " + length + " bytes is not consumed");
      }
    }
  }

  private void takeMessages() throws TlsException {
    for (HandshakeDeframer.Message next = deframer.next(); next != null; next = deframer.next()) {
      messages++;
      read += next.encoded().length();
      if (read > received) {
        throw new AssertionError("More came out than went in");
      }
    }
  }

  private static @org.jspecify.annotations.Nullable RecordProtection protection(int kind)
      throws TlsException {
    AeadCiphers aeads = new OpenAeads(new Work());
    AeadAlgorithm gcm = AeadAlgorithm.AES_128_GCM;
    return switch (kind) {
      case 0 -> null;
      case 1 -> Tls13Protection.opening(aeads, gcm, secret(16), secret(12));
      case 2 -> Tls12GcmProtection.opening(aeads, gcm, secret(16), secret(4));
      default ->
          Tls12ChaChaProtection.opening(
              aeads, AeadAlgorithm.CHACHA20_POLY1305, secret(32), secret(12));
    };
  }

  private static Secret secret(int length) {
    return Secret.takeOver(new byte[length]);
  }
}
