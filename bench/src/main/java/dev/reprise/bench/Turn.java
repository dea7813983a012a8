/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The part of a JVM in {@link Turns}: it is its turn while it warms up, and in each iteration.
 * Alone it need not wait for anybody.
 */
@State(Scope.Benchmark)
public class Turn {
  /** Where the turns are given. */
  static final String PORT = "dev.reprise.bench.turns";

  private @Nullable Socket turns;
  private boolean mine;

  @Setup(Level.Trial)
  public void connect() throws IOException {
    Integer port = Integer.getInteger(PORT);
    if (port != null) {
      turns = new Socket(InetAddress.getLoopbackAddress(), port);
      begin();
    }
  }

  /** The first iteration comes right after the warm-up. */
  @Setup(Level.Iteration)
  public void begin() throws IOException {
    end();
    if (turns != null) {
      if (turns.getInputStream().read() < 0) {
        throw new EOFException("The run was given up");
      }
      mine = true;
    }
  }

  @TearDown(Level.Iteration)
  public void end() throws IOException {
    if (turns != null && mine) {
      mine = false;
      turns.getOutputStream().write(1);
    }
  }

  @TearDown(Level.Trial)
  public void leave() throws IOException {
    if (turns != null) {
      turns.close();
    }
  }
}
