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

  @Setup(Level.Iteration)
  public void clear() {
    server.clear();
    client.clear();
  }

  void add(MeasuredPair pair) {
    server.add(pair.server().cost());
    client.add(pair.client().cost());
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
}
