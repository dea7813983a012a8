/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;

/**
 * Lets one of several processes work at a time, in turn, so that what else the machine does hits
 * all of them: its speed may change by half within minutes. The first turn of each is its warm-up,
 * and no second one begins before all warm-ups have ended.
 *
 * <p>Over loopback, a byte from here says that a turn begins, and a byte from there that it ends;
 * whoever closes the connection takes no more part.
 */
final class Turns implements AutoCloseable {
  private final ServerSocket door;
  private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
  private final Semaphore turn = new Semaphore(1, true);
  private final Phaser warmUps;

  /**
   * @param players who will take part, {@link Turn}s of other processes and threads of this one
   */
  Turns(int players) throws IOException {
    door = new ServerSocket(0, players, InetAddress.getLoopbackAddress());
    warmUps = new Phaser(players);
    Thread.ofVirtual().start(this::acceptAll);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Waits until all others are warm. */
  void awaitWarmUps() {
    warmUps.arriveAndAwaitAdvance();
  }

  /** Waits for a turn of this thread. */
  void take(Runnable work) {
    turn.acquireUninterruptibly();
    try {
      work.run();
    } finally {
      turn.release();
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket player = door.accept();
        connected.add(player);
        Thread.ofVirtual().start(() -> serve(player));
      }
    } catch (IOException _) {
      // It is closed: whoever still comes is refused, and fails.
    }
  }

  private void serve(Socket player) {
    try (player) {
      if (grant(player)) {
        awaitWarmUps();
        while (grant(player)) {}
      }
    } catch (IOException _) {
      // The process has ended, which its runner hears of.
    }
  }

  /** Whether there may be another turn. */
  private boolean grant(Socket player) throws IOException {
    turn.acquireUninterruptibly();
    try {
      player.getOutputStream().write(1);
      return player.getInputStream().read() >= 0;
    } finally {
      turn.release();
    }
  }

  /** Whoever still waits for a turn fails. */
  @Override
  public void close() throws IOException {
    door.close();
    for (Socket player : connected) {
      player.close();
    }
    // At last, so that nobody is given a turn by it.
    warmUps.forceTermination();
  }
}
