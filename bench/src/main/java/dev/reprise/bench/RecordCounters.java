/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What sealing and opening a record cost. JMH calls the methods at the end of each iteration. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class RecordCounters {
  private final Samples wrap = new Samples();
  private final Samples unwrap = new Samples();

  @Setup(Level.Iteration)
  public void clear() {
    wrap.clear();
    unwrap.clear();
  }

  void add(Cost wrapping, Cost unwrapping) {
    wrap.add(wrapping);
    unwrap.add(unwrapping);
  }

  public double wrapNanos() {
    return wrap.nanos();
  }

  public double unwrapNanos() {
    return unwrap.nanos();
  }

  public double wrapBytes() {
    return wrap.bytes();
  }

  public double unwrapBytes() {
    return unwrap.bytes();
  }
}
