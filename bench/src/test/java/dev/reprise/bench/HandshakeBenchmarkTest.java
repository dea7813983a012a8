/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class HandshakeBenchmarkTest {
  static Stream<Arguments> everyCell() {
    return Arrays.stream(Peer.values())
        .flatMap(peer ->
            Choice.ALL.handshakes().stream()
                .filter(line -> line.isDoneBy(peer))
                .map(line -> Arguments.of(peer, line)));
  }

  @ParameterizedTest
  @MethodSource("everyCell")
  void shakesHandsAgainAndAgainAndTellsTheSidesApart(Peer peer, HandshakeLine line)
      throws Exception {
    HandshakeBenchmark benchmark = benchmark(peer, line);
    HandshakeCounters counters = new HandshakeCounters();
    for (int i = 0; i < 3; i++) {
      benchmark.handshake(counters);
    }
    assertTrue(counters.serverNanos() > 0);
    assertTrue(counters.clientNanos() > 0);
    assertTrue(counters.serverBytes() > 500);
    assertTrue(counters.clientBytes() > 500);
    assertTrue(counters.otherThreadsNanos() >= 0);
    assertTrue(counters.bytesToServer() > 200);
    assertTrue(counters.bytesToClient() > 100);
    assertTrue(counters.flights() >= 3);
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void failsTheRunWhenWhatShouldBeResumedIsNot(Peer peer) throws Exception {
    HandshakeBenchmark benchmark =
        benchmark(
            peer, new HandshakeLine(Scenario.TLS12_SESSION_ID, Group.X25519, Certificate.ECDSA));
    benchmark.nextPort();
    HandshakeCounters counters = new HandshakeCounters();
    Throwable failure =
        assertThrows(IllegalStateException.class, () -> benchmark.handshake(counters));
    assertEquals(peer + ": TLS 1.2 resumed, session ID was not resumed", failure.getMessage());
  }

  private static HandshakeBenchmark benchmark(Peer peer, HandshakeLine line) throws Exception {
    HandshakeBenchmark benchmark = new HandshakeBenchmark();
    benchmark.peer = peer;
    benchmark.scenario = line.scenario();
    benchmark.group = line.group();
    benchmark.certificate = line.certificate();
    benchmark.connectFirst(new Turn());
    return benchmark;
  }
}
