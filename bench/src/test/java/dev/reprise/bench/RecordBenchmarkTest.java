/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordBenchmarkTest {
  static Stream<Arguments> everyCell() {
    return RecordTable.PEERS.stream()
        .flatMap(peer ->
            Arrays.stream(Protocol.values())
                .flatMap(protocol ->
                    Arrays.stream(BufferKind.values())
                        .map(buffers -> Arguments.of(peer, protocol, buffers))));
  }

  @ParameterizedTest
  @MethodSource("everyCell")
  void bringsEveryByteToTheOtherSide(Peer peer, Protocol protocol, BufferKind buffers)
      throws SSLException {
    RecordBenchmark benchmark = new RecordBenchmark();
    benchmark.peer = peer;
    benchmark.protocol = protocol;
    benchmark.buffers = buffers;
    benchmark.connect(new Turn());
    RecordCounters counters = new RecordCounters();
    benchmark.record(counters);
    ByteBuffer received = benchmark.record(counters);
    assertEquals(RecordBenchmark.LENGTH, received.remaining());
    for (int i = 0; i < RecordBenchmark.LENGTH; i++) {
      assertEquals((byte) i, received.get(i));
    }
    assertTrue(counters.wrapNanos() > 0);
    assertTrue(counters.unwrapNanos() > 0);
  }
}
