/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.Side;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What wrap and unwrap take and give, to the byte. */
class BufferRulesTest {
  private static final int LONGEST = 16_384;

  static Stream<Case> cases() {
    return Contexts.cases().filter(each -> each.ends() == Ends.BOTH_OURS);
  }

  private static Duplex connected(Case each) throws Exception {
    return new Duplex(each.pair()).handshake();
  }

  private static byte[] data(int length) {
    byte[] data = new byte[length];
    SeededRandom.of(length).nextBytes(data);
    return data;
  }

  private static void assertNothingMoved(Status status, SSLEngineResult result) {
    assertEquals(status, result.getStatus());
    assertEquals(0, result.bytesConsumed());
    assertEquals(0, result.bytesProduced());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asksForAWholeRecord(Case each) throws Exception {
    Duplex duplex = connected(each);
    duplex.wrap(Side.CLIENT, ByteBuffer.wrap(data(100)));
    ByteBuffer record = duplex.inbox(Side.SERVER);
    for (int length = 0; length < record.limit(); length++) {
      ByteBuffer part = record.slice(0, length);
      SSLEngineResult result =
          duplex.engine(Side.SERVER).unwrap(part, ByteBuffer.allocate(LONGEST + 1));
      assertNothingMoved(Status.BUFFER_UNDERFLOW, result);
      assertEquals(0, part.position());
    }
    assertEquals(100, duplex.unwrap(Side.SERVER, ByteBuffer.allocate(200)).bytesProduced());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asksForRoomForAWholeRecord(Case each) throws Exception {
    Duplex duplex = connected(each);
    duplex.wrap(Side.CLIENT, ByteBuffer.wrap(data(100)));
    int needed = 0;
    ByteBuffer out = ByteBuffer.allocate(needed);
    SSLEngineResult result = duplex.unwrap(Side.SERVER, out);
    while (result.getStatus() == Status.BUFFER_OVERFLOW) {
      assertNothingMoved(Status.BUFFER_OVERFLOW, result);
      assertEquals(0, duplex.inbox(Side.SERVER).position());
      assertEquals(0, out.position());
      out = ByteBuffer.allocate(++needed);
      result = duplex.unwrap(Side.SERVER, out);
    }
    assertEquals(100, result.bytesProduced());
    assertTrue(needed <= 101, "not more than the content and TLS 1.3's type: " + needed);
    assertArrayEquals(data(100), Arrays.copyOf(out.array(), 100));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesNothingWithoutRoomForARecord(Case each) throws Exception {
    Duplex duplex = connected(each);
    SSLEngine client = duplex.engine(Side.CLIENT);
    ByteBuffer source = ByteBuffer.wrap(data(100));
    int needed = 0;
    SSLEngineResult result = client.wrap(source, ByteBuffer.allocate(needed));
    while (result.getStatus() == Status.BUFFER_OVERFLOW) {
      assertNothingMoved(Status.BUFFER_OVERFLOW, result);
      assertEquals(0, source.position());
      result = client.wrap(source, ByteBuffer.allocate(++needed));
    }
    assertEquals(100, result.bytesConsumed());
    assertEquals(needed, result.bytesProduced());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesNoHandshakeWithoutRoom(Case each) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    SSLEngine client = duplex.engine(Side.CLIENT);
    SSLEngineResult result = client.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(50));
    assertNothingMoved(Status.BUFFER_OVERFLOW, result);
    assertEquals(HandshakeStatus.NEED_WRAP, result.getHandshakeStatus());
    duplex.handshake();
    assertEquals(1, duplex.count(Side.CLIENT, HandshakeStatus.FINISHED));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void announcesBuffersThatSuffice(Case each) throws Exception {
    Duplex duplex = connected(each);
    for (Side side : Side.values()) {
      int packet = duplex.engine(side).getSession().getPacketBufferSize();
      int application = duplex.engine(side).getSession().getApplicationBufferSize();
      ByteBuffer source = ByteBuffer.wrap(data(100_000));
      ByteBuffer network = ByteBuffer.allocate(packet);
      SSLEngineResult wrapped = duplex.engine(side).wrap(source, network);
      assertEquals(LONGEST, wrapped.bytesConsumed());
      ByteBuffer out = ByteBuffer.allocate(application);
      SSLEngineResult unwrapped = duplex.engine(side.other()).unwrap(network.flip(), out);
      assertEquals(Status.OK, unwrapped.getStatus());
      assertEquals(LONGEST, unwrapped.bytesProduced());
      assertArrayEquals(Arrays.copyOf(data(100_000), LONGEST), Arrays.copyOf(out.array(), LONGEST));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gathersAndScatters(Case each) throws Exception {
    Duplex duplex = connected(each);
    byte[] data = data(60);
    SSLEngineResult result =
        duplex.wrap(
            Side.CLIENT,
            ByteBuffer.wrap(data, 0, 10),
            ByteBuffer.allocate(0),
            ByteBuffer.wrap(data, 10, 50).asReadOnlyBuffer());
    assertEquals(60, result.bytesConsumed());
    ByteBuffer first = ByteBuffer.allocate(20);
    ByteBuffer second = ByteBuffer.allocate(0);
    ByteBuffer third = ByteBuffer.allocateDirect(100);
    assertEquals(60, duplex.unwrap(Side.SERVER, first, second, third).bytesProduced());
    byte[] got = new byte[60];
    first.flip().get(got, 0, 20);
    third.flip().get(got, 20, 40);
    assertArrayEquals(data, got);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void movesOnlyTheBuffersBetweenTheIndexes(Case each) throws Exception {
    Duplex duplex = connected(each);
    SSLEngine client = duplex.engine(Side.CLIENT);
    ByteBuffer[] sources = {
      ByteBuffer.wrap(data(5)), ByteBuffer.wrap(data(7)), ByteBuffer.wrap(data(9))
    };
    ByteBuffer network = ByteBuffer.allocate(1000);
    assertEquals(7, client.wrap(sources, 1, 1, network).bytesConsumed());
    assertEquals(0, sources[0].position() + sources[2].position());
    ByteBuffer[] destinations = {
      ByteBuffer.allocate(100), ByteBuffer.allocate(100), ByteBuffer.allocate(100)
    };
    SSLEngineResult result = duplex.engine(Side.SERVER).unwrap(network.flip(), destinations, 2, 1);
    assertEquals(7, result.bytesProduced());
    assertEquals(7, destinations[2].position());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void worksOnSlicesDirectBuffersAndOffsets(Case each) throws Exception {
    Duplex duplex = connected(each);
    byte[] data = data(3000);
    ByteBuffer source = ByteBuffer.allocateDirect(4000).position(500);
    source.put(data).flip().position(500);
    ByteBuffer network = ByteBuffer.allocateDirect(5000).position(100).slice();
    duplex.engine(Side.CLIENT).wrap(source, network);
    ByteBuffer out = ByteBuffer.allocate(5000).position(7).slice();
    ByteBuffer in = network.flip().asReadOnlyBuffer();
    int length = in.remaining();
    SSLEngineResult result = duplex.engine(Side.SERVER).unwrap(in, out);
    assertEquals(length, result.bytesConsumed());
    byte[] got = new byte[3000];
    out.flip().get(got);
    assertArrayEquals(data, got);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reusesOneArrayForBothEnds(Case each) throws Exception {
    Duplex duplex = connected(each);
    byte[] data = data(2000);
    ByteBuffer network = ByteBuffer.allocate(4000);
    duplex.engine(Side.CLIENT).wrap(ByteBuffer.wrap(data), network);
    // Decrypted over its own ciphertext, as some programs do to save a buffer.
    ByteBuffer over = ByteBuffer.wrap(network.array());
    network.flip();
    duplex.engine(Side.SERVER).unwrap(network, over);
    assertArrayEquals(data, Arrays.copyOf(over.array(), 2000));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesOneRecordACall(Case each) throws Exception {
    Duplex duplex = connected(each);
    ByteBuffer source = ByteBuffer.wrap(data(40_000));
    while (source.hasRemaining()) {
      duplex.wrap(Side.CLIENT, source);
    }
    ByteBuffer out = ByteBuffer.allocate(100_000);
    assertEquals(LONGEST, duplex.unwrap(Side.SERVER, out).bytesProduced());
    assertEquals(LONGEST, duplex.unwrap(Side.SERVER, out).bytesProduced());
    assertEquals(40_000 - 2 * LONGEST, duplex.unwrap(Side.SERVER, out).bytesProduced());
    assertNothingMoved(Status.BUFFER_UNDERFLOW, duplex.unwrap(Side.SERVER, out));
    assertArrayEquals(data(40_000), Arrays.copyOf(out.array(), 40_000));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesNoEmptyRecord(Case each) throws Exception {
    Duplex duplex = connected(each);
    assertNothingMoved(Status.OK, duplex.wrap(Side.CLIENT, ByteBuffer.allocate(0)));
    assertNothingMoved(Status.OK, duplex.wrap(Side.CLIENT));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsTicketsWithoutRoomForApplicationDataUnlessTheyMightBeSome(Case each) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    duplex.engine(Side.CLIENT).beginHandshake();
    while (duplex.count(Side.SERVER, HandshakeStatus.FINISHED) == 0) {
      if (!duplex.step(Side.CLIENT)) {
        duplex.step(Side.SERVER);
      }
    }
    while (duplex.inbox(Side.CLIENT).hasRemaining()) {
      SSLEngineResult result = duplex.unwrap(Side.CLIENT, ByteBuffer.allocate(0));
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        ByteBuffer room = ByteBuffer.allocate(1000);
        assertEquals(0, duplex.unwrap(Side.CLIENT, room).bytesProduced());
        assertEquals(0, room.position());
      }
    }
    assertEquals(1, duplex.count(Side.CLIENT, HandshakeStatus.FINISHED));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesMisuse(Case each) throws Exception {
    SSLEngine engine = connected(each).engine(Side.CLIENT);
    ByteBuffer room = ByteBuffer.allocate(20_000);
    ByteBuffer[] one = {ByteBuffer.allocate(10)};
    assertThrows(ReadOnlyBufferException.class, () -> engine.wrap(room, room.asReadOnlyBuffer()));
    assertThrows(ReadOnlyBufferException.class, () -> engine.unwrap(room, room.asReadOnlyBuffer()));
    assertThrows(IndexOutOfBoundsException.class, () -> engine.wrap(one, 0, 2, room));
    assertThrows(IndexOutOfBoundsException.class, () -> engine.wrap(one, -1, 1, room));
    assertThrows(IndexOutOfBoundsException.class, () -> engine.unwrap(room, one, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> engine.wrap(one, 0, 1, nothing()));
    assertThrows(IllegalArgumentException.class, () -> engine.unwrap(nothing(), one, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> engine.wrap(new ByteBuffer[] {nothing()}, 0, 1, room));
    assertThrows(
        IllegalArgumentException.class,
        () -> engine.unwrap(room, new ByteBuffer[] {nothing()}, 0, 1));
  }

  /** Nobody's annotations keep callers from it. */
  @SuppressWarnings("NullAway")
  private static ByteBuffer nothing() {
    @Nullable ByteBuffer nothing = null;
    return nothing;
  }
}
