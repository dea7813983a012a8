/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.TlsConnection;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link SSLParameters#setMaximumPacketSize}, beside the JDK's provider. */
class PacketSizeTest {
  private static final int HEADER = 5;

  static Stream<Arguments> versionsAndSizes() {
    return Stream.of(Contexts.TLS13, Contexts.TLS12)
        .flatMap(version ->
            Stream.of(100, 256, 1500, 16_000, 40_000).map(size -> Arguments.of(version, size)));
  }

  private static List<Integer> lengths(byte[] records) {
    List<Integer> lengths = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(records);
    while (rest.hasRemaining()) {
      int length = HEADER + rest.getShort(rest.position() + 3);
      lengths.add(length);
      rest.position(rest.position() + length);
    }
    return lengths;
  }

  private static void limit(SSLEngine engine, int size) {
    Contexts.configure(engine, parameters -> parameters.setMaximumPacketSize(size));
  }

  /** What the client's application data is sent in. */
  private static List<Integer> sent(EnginePair pair, byte[] data) throws Exception {
    List<Integer> lengths = new ArrayList<>();
    pair.over((from, bytes) -> {
      if (from == Side.CLIENT) {
        lengths.addAll(lengths(bytes));
      }
      return bytes;
    });
    assertArrayEquals(data, pair.send(Side.CLIENT, data));
    return lengths;
  }

  private static List<Integer> sentBy(SSLContext client, String version, int size)
      throws Exception {
    EnginePair pair = Contexts.pair(client, Contexts.provided(Contexts.SERVER), version);
    limit(pair.client(), size);
    return sent(pair.handshake(), new byte[20_000]);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 256, 1_500, 16_000, 40_000})
  void sendsRecordsOfTheJdksLengths(int size) throws Exception {
    assertEquals(
        sentBy(Contexts.sun(null), Contexts.TLS12, size),
        sentBy(Contexts.provided(null), Contexts.TLS12, size));
  }

  /**
   * In TLS 1.3 they are of one length, but the JDK's have 16 bytes of padding in them. Where less
   * is allowed the JDK's engine does not take what the server says.
   */
  @ParameterizedTest
  @ValueSource(ints = {1_500, 16_000})
  void fillsRecordsAsTheJdkDoes(int size) throws Exception {
    List<Integer> suns = sentBy(Contexts.sun(null), Contexts.TLS13, size);
    List<Integer> ours = sentBy(Contexts.provided(null), Contexts.TLS13, size);
    assertEquals(size, suns.getFirst());
    assertEquals(size, ours.getFirst());
  }

  @ParameterizedTest
  @MethodSource("versionsAndSizes")
  void keepsToItOnBothSides(String version, int size) throws Exception {
    EnginePair pair =
        Contexts.pair(Contexts.provided(null), Contexts.provided(Contexts.SERVER), version);
    limit(pair.client(), size);
    limit(pair.server(), size);
    List<Integer> lengths = new ArrayList<>();
    pair.over((_, bytes) -> {
      lengths.addAll(lengths(bytes));
      return bytes;
    });
    pair.handshake();
    for (Side side : Side.values()) {
      byte[] data = new byte[20_000];
      assertArrayEquals(data, pair.send(side, data));
    }
    assertTrue(lengths.stream().allMatch(length -> length <= size), lengths::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS13, Contexts.TLS12})
  void countsAtOnceAndIsTakenBack(String version) throws Exception {
    EnginePair pair =
        Contexts.pair(Contexts.provided(null), Contexts.provided(Contexts.SERVER), version);
    pair.handshake();
    byte[] data = new byte[3_000];
    assertEquals(1, sent(pair, data).size());
    limit(pair.client(), 1_500);
    assertEquals(3, sent(pair, data).size());
    limit(pair.client(), 0);
    assertEquals(1, sent(pair, data).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS13, Contexts.TLS12})
  void gathersFromSeveralBuffersNoMoreThanFits(String version) throws Exception {
    Duplex duplex =
        new Duplex(
                Contexts.pair(Contexts.provided(null), Contexts.provided(Contexts.SERVER), version))
            .handshake();
    limit(duplex.engine(Side.CLIENT), 1_500);
    SSLEngineResult result =
        duplex.wrap(Side.CLIENT, ByteBuffer.allocate(1_000), ByteBuffer.allocate(1_000));
    assertEquals(1_500, result.bytesProduced());
    assertTrue(result.bytesConsumed() > 1_400, result::toString);
  }

  /** Not even a byte has room in the records that are asked for. */
  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS13, Contexts.TLS12})
  void worksEvenIfNoRecordIsThatShort(String version) throws Exception {
    EnginePair pair =
        Contexts.pair(Contexts.provided(null), Contexts.provided(Contexts.SERVER), version);
    limit(pair.client(), 1);
    limit(pair.server(), 1);
    List<Integer> lengths = sent(pair.handshake(), new byte[640]);
    assertEquals(10, lengths.size(), lengths::toString);
  }

  /**
   * Programs size what they receive into by their session, and the peer knows nothing of the limit:
   * the JDK's engine has them make it too small for the peer's records, ours does not.
   */
  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS13, Contexts.TLS12})
  void leavesRoomForThePeersRecords(String version) throws Exception {
    EnginePair sun = Contexts.pair(Contexts.sun(null), Contexts.sun(Contexts.SERVER), version);
    EnginePair ours =
        Contexts.pair(Contexts.provided(null), Contexts.sun(Contexts.SERVER), version);
    limit(sun.client(), 1_500);
    limit(ours.client(), 1_500);
    SSLSession suns = sun.handshake().client().getSession();
    SSLSession session = ours.handshake().client().getSession();
    assertEquals(1_500, suns.getPacketBufferSize());
    assertTrue(suns.getApplicationBufferSize() < 1_500);
    assertEquals(TlsConnection.LONGEST_RECORD, session.getPacketBufferSize());
    assertEquals(TlsConnection.LONGEST_APPLICATION_SPACE, session.getApplicationBufferSize());
    byte[] data = new byte[16_384];
    assertArrayEquals(data, ours.send(Side.SERVER, data));
  }

  static Stream<SSLContext> clients() {
    return Stream.of(Contexts.provided(null), Contexts.sun(null));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void countsForSockets(SSLContext client) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SSLSocket socket = SocketPair.connect(client, listening.getLocalPort(), Contexts.TLS13);
        Socket accepted = listening.accept()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setMaximumPacketSize(256);
      socket.setSSLParameters(parameters);
      Future<?> handshake =
          SocketPair.elsewhere(() -> {
            socket.startHandshake();
            return null;
          });
      DataInputStream in = new DataInputStream(accepted.getInputStream());
      byte[] header = in.readNBytes(HEADER);
      int length = ByteBuffer.wrap(header).getShort(3);
      assertTrue(HEADER + length <= 256, () -> "a record of " + length);
      byte[] start = in.readNBytes(length);
      assertTrue((ByteBuffer.wrap(start).getInt() & 0xffffff) > length, "it goes on");
      accepted.shutdownOutput();
      Throwable _ = SocketPair.failure(handshake);
    }
  }
}
