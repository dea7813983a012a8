/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.resumption.Mechanism;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One handshake after the other, and one byte from the server, which tickets of BoringSSL wait for.
 * What counts is in {@link HandshakeCounters}: the score has both sides and the goodbye together.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HandshakeBenchmark {
  private static final int FIRST_PORT = 1024;
  private static final int LAST_PORT = 0xffff;

  @Param public Peer peer;
  @Param public Scenario scenario;
  @Param public Group group;
  @Param public Certificate certificate;

  private PinnedTrust trust;
  private Contexts contexts;
  private final Wire wire = Wire.onHeap();
  private int port = FIRST_PORT;

  /** The session that is resumed, and proof that it is resumed by what the scenario says. */
  @Setup
  public void connectFirst(Turn turn) throws Exception {
    trust = new PinnedTrust(certificate.identity().certificate());
    contexts = peer.contexts(scenario.under(group, certificate), trust);
    connect(MeasuredPair.start(contexts, port, wire), false);
    if (scenario.isResumed()) {
      MeasuredPair second = MeasuredPair.start(contexts, port, wire);
      Mechanism offered = Offered.in(second.onTheWayToServer());
      if (offered != scenario.mechanism()) {
        throw new IllegalStateException(peer + " offers " + offered + " for " + scenario.title());
      }
      connect(second, true);
    }
    WarmUp.with(this::shakeHands);
  }

  /** Fails the run if it is resumed and should not be, or the other way round. */
  @Benchmark
  public void handshake(HandshakeCounters counters) throws SSLException {
    counters.add(shakeHands());
  }

  private MeasuredPair shakeHands() throws SSLException {
    if (!scenario.isResumed()) {
      nextPort();
    }
    MeasuredPair pair = MeasuredPair.start(contexts, port, wire);
    connect(pair, scenario.isResumed());
    return pair;
  }

  /** Clients remember sessions by host and port: at this one there has been none for long. */
  void nextPort() {
    port = port == LAST_PORT ? FIRST_PORT : port + 1;
  }

  private void connect(MeasuredPair pair, boolean resumed) throws SSLException {
    long before = trust.questions();
    pair.finish();
    boolean full = trust.questions() > before;
    if (full == resumed) {
      throw new IllegalStateException(
          peer + ": " + scenario.title() + " was " + (full ? "not resumed" : "resumed"));
    }
    pair.close();
  }
}
