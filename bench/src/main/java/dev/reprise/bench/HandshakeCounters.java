/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a handshake costs either side. JMH calls the methods at the end of each iteration. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class HandshakeCounters {
  private final Samples server = new Samples();
  private final Samples client = new Samples();
  private final OtherThreads others = new OtherThreads();
  private long count;
  private long bytesToServer;
  private long bytesToClient;
  private long flights;

  @Setup(Level.Iteration)
  public void clear() {
    server.clear();
    client.clear();
    count = 0;
    bytesToServer = 0;
    bytesToClient = 0;
    flights = 0;
    others.begin();
  }

  void add(MeasuredPair pair) {
    server.add(pair.server().cost());
    client.add(pair.client().cost());
    count++;
    bytesToServer += pair.traffic().bytesToServer();
    bytesToClient += pair.traffic().bytesToClient();
    flights += pair.traffic().flights();
  }

  public double serverNanos() {
    return server.nanos();
  }

  public double clientNanos() {
    return client.nanos();
  }

  public double serverBytes() {
    return server.bytes();
  }

  public double clientBytes() {
    return client.bytes();
  }

  /** Of all threads but the one that shakes hands, for one handshake of both sides. */
  public double otherThreadsNanos() {
    return (double) others.nanos() / count;
  }

  public double bytesToServer() {
    return (double) bytesToServer / count;
  }

  public double bytesToClient() {
    return (double) bytesToClient / count;
  }

  public double flights() {
    return (double) flights / count;
  }
}
