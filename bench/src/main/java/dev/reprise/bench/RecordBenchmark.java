/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The client seals a record of nearly 16 KiB and the server opens it. What each costs is in {@link
 * RecordCounters}; the score is both together.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecordBenchmark {
  /** Bytes of plaintext: a little less than 16 KiB, of which SunJSSE leaves 17 free in TLS 1.3. */
  static final int LENGTH = 16_000;

  private static final int ROOM = LENGTH + 1024;
  private static final int PORT = 443;

  @Param public Peer peer;
  @Param public Protocol protocol;
  @Param public BufferKind buffers;

  private ByteBuffer sent;
  private ByteBuffer network;
  private ByteBuffer received;
  private SSLEngine client;
  private SSLEngine server;

  /** Anew for each iteration, so that no key comes near its limit. */
  @Setup(Level.Iteration)
  public void connect(Turn turn) throws SSLException {
    sent = buffers.allocate(LENGTH);
    network = buffers.allocate(ROOM);
    received = buffers.allocate(ROOM);
    for (int i = 0; i < LENGTH; i++) {
      sent.put(i, (byte) i);
    }
    PinnedTrust trust = new PinnedTrust(Certificate.ECDSA.identity().certificate());
    Conditions conditions = new Conditions(protocol, Group.X25519, Certificate.ECDSA, true, false);
    MeasuredPair pair = MeasuredPair.start(peer.contexts(conditions, trust), PORT, Wire.onHeap());
    pair.finish();
    client = pair.client().engine();
    server = pair.server().engine();
  }

  /** What has arrived, ready to be read. */
  @Benchmark
  public ByteBuffer record(RecordCounters counters) throws SSLException {
    Cost wrapping = new Cost();
    Cost unwrapping = new Cost();
    wrapping.begin();
    SSLEngineResult sealed = client.wrap(sent.clear(), network.clear());
    wrapping.end();
    unwrapping.begin();
    SSLEngineResult opened = server.unwrap(network.flip(), received.clear());
    unwrapping.end();
    if (sealed.bytesConsumed() != LENGTH || opened.bytesProduced() != LENGTH) {
      throw new IllegalStateException(peer + " takes more than one call: " + sealed + opened);
    }
    counters.add(wrapping, unwrapping);
    return received.flip();
  }
}
