/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private static final int TURNS = 4;

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger working = new AtomicInteger();

  @Test
  void oneWorksAtATimeAndASecondTimeOnceAllAreWarm() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool();
        Turns turns = new Turns(3)) {
      List<Future<?>> players =
          List.of(
              threads.submit(() -> connect("a", turns.port())),
              threads.submit(() -> connect("b", turns.port())),
              threads.submit(() -> takePart("c", turns)));
      for (Future<?> player : players) {
        player.get();
      }
    }
    assertEquals(Set.of("a0", "b0"), Set.copyOf(done.subList(0, 2)));
    assertEquals(3 * TURNS - 1, Set.copyOf(done).size(), done::toString);
  }

  @Test
  void whoeverWaitsFailsWhenTheyAreClosed() throws IOException {
    try (Socket warm = new Socket()) {
      try (Turns turns = new Turns(2)) {
        warm.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), turns.port()));
        assertEquals(1, warm.getInputStream().read());
        warm.getOutputStream().write(1);
      }
      assertEquals(-1, readOrEnd(warm));
    }
  }

  private static int readOrEnd(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException _) {
      return -1;
    }
  }

  private Void connect(String name, int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (int turn = 0; turn < TURNS; turn++) {
        assertEquals(1, socket.getInputStream().read());
        work(name + turn);
        socket.getOutputStream().write(1);
      }
    }
    return null;
  }

  private void takePart(String name, Turns turns) {
    turns.awaitWarmUps();
    for (int turn = 1; turn < TURNS; turn++) {
      String what = name + turn;
      turns.take(() -> work(what));
    }
  }

  private void work(String what) {
    assertEquals(1, working.incrementAndGet());
    done.add(what);
    working.decrementAndGet();
  }
}
