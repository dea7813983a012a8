/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever bytes come: an alert and a checked failure, never anything unforeseen. */
final class HostileBytesTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aByteChangedAnywhereOnTheWayToTheServerEndsOrIsHarmless(ProtocolVersion version)
      throws TlsException {
    prepare(version);
    int length = Pair.connect(client, server).connected().clientSent.size();
    for (int at = 0; at < length; at++) {
      Pair pair = new Pair(client.connection(), server.connection());
      pair.toServer = new ChangeAt(at)::apply;
      requireForeseen(pair.run(), at);
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aByteChangedAnywhereOnTheWayToTheClientEndsOrIsHarmless(ProtocolVersion version)
      throws TlsException {
    prepare(version);
    int length = Pair.connect(client, server).connected().serverSent.size();
    for (int at = 0; at < length; at++) {
      Pair pair = new Pair(client.connection(), server.connection());
      pair.toClient = new ChangeAt(at)::apply;
      requireForeseen(pair.run(), at);
    }
  }

  @Test
  void randomBytesEndInAnAlert() throws TlsException {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[5 + random.nextInt(600)];
      random.nextBytes(bytes);
      frame(bytes, random);
      feed(server.connection(), bytes);
      feed(client.connection(), bytes);
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void randomHandshakeMessagesAfterTheHellosEndInAnAlert(ProtocolVersion version)
      throws TlsException {
    prepare(version);
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 300; round++) {
      Pair pair = new Pair(client.connection(), server.connection());
      int kept = 1 + random.nextInt(3);
      pair.toServer = new Replace(kept, random.split())::apply;
      requireForeseen(pair.run(), round);
    }
  }

  @Test
  void aHandshakeThatDripsPastItsDeadlineIsEnded() throws TlsException {
    TlsConnection slow = server.connection();
    byte[] hello = hello();
    clock.advance(Duration.ofSeconds(11));
    TlsException failure =
        assertThrows(
            TlsException.class, () -> slow.read(ByteBuffer.wrap(hello), ByteBuffer.allocate(0)));
    assertEquals(AlertDescription.HANDSHAKE_FAILURE, failure.alert());
  }

  @Test
  void whatFailedOnceFailsAlways() throws TlsException {
    TlsConnection broken = server.connection();
    byte[] alert = {21, 3, 3, 0, 2, 2, 40};
    ByteBuffer none = ByteBuffer.allocate(0);
    TlsException first =
        assertThrows(TlsException.class, () -> broken.read(ByteBuffer.wrap(alert), none));
    TlsException again =
        assertThrows(TlsException.class, () -> broken.read(ByteBuffer.wrap(hello()), none));
    assertEquals(first, again);
    assertFalse(broken.hasPendingOutput(), "an alert is not answered by an alert");
  }

  private byte[] hello() throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(1 << 14);
    client.connection().write(new ByteBuffer[0], 0, 0, out);
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private void prepare(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    server.clientAuthentication = ClientAuthentication.WANT;
    client.showCertificate(KeyKind.ECDSA_P256);
    Pair.connect(client, server).connected();
  }

  private static void requireForeseen(Pair pair, int at) {
    requireForeseen(pair.clientFailure, at);
    requireForeseen(pair.serverFailure, at);
  }

  private static void requireForeseen(@Nullable TlsException failure, int at) {
    if (failure != null && failure.failure() instanceof TlsFailure.InternalFault) {
      throw new AssertionError("Changing byte " + at + " was not foreseen", failure);
    }
  }

  /** A record header that is right, so that something behind it is reached. */
  private static void frame(byte[] bytes, SplittableRandom random) {
    int length = bytes.length - 5;
    bytes[0] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 20 + random.nextInt(4));
    bytes[1] = 3;
    bytes[2] = (byte) (1 + random.nextInt(3));
    bytes[3] = (byte) (length >>> 8);
    bytes[4] = (byte) length;
    if (length > 4 && random.nextBoolean()) {
      bytes[5] = (byte) random.nextInt(25);
      bytes[6] = 0;
      bytes[7] = (byte) ((length - 4) >>> 8);
      bytes[8] = (byte) (length - 4);
    }
  }

  private static void feed(TlsConnection side, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int length = side.recordLength(in);
      if (length > 0 && length <= bytes.length) {
        side.read(in, ByteBuffer.allocate(1 << 15));
      }
    } catch (TlsException e) {
      requireForeseen(e, 0);
      assertNotNull(side.failure());
    }
  }

  /** Flips a bit of one byte of all that passes. */
  private static final class ChangeAt {
    private int left;

    ChangeAt(int at) {
      this.left = at;
    }

    byte[] apply(byte[] bytes) {
      if (left >= 0 && left < bytes.length) {
        bytes[left] ^= (byte) (1 << (left % 8));
      }
      left -= bytes.length;
      return bytes;
    }
  }

  /** Lets the first flights pass and sends random handshake records in the place of the others. */
  private static final class Replace {
    private int left;
    private final SplittableRandom random;

    Replace(int left, SplittableRandom random) {
      this.left = left;
      this.random = random;
    }

    byte[] apply(byte[] bytes) {
      if (bytes.length == 0 || --left >= 0) {
        return bytes;
      }
      byte[] other = new byte[5 + 4 + random.nextInt(200)];
      random.nextBytes(other);
      frame(other, random);
      return other;
    }
  }
}
