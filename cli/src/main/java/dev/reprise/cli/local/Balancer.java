/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Spreads TCP connections over nodes, in the way that is hardest on resumption: no client meets the
 * same node twice in a row. It looks at no byte.
 */
final class Balancer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int CONNECT_MILLIS = 1000;
  private static final int LOOK_EVERY_MILLIS = 10;

  private final ServerSocket server = new ServerSocket();
  private final List<Target> targets;
  private final Rotation<Target> rotation;
  private final Duration drain;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  /**
   * Listens, and sends clients to those of {@code targets} that are in.
   *
   * @param drain how long connections may go on when it is closed, or when a target is
   */
  Balancer(InetSocketAddress listen, List<Target> targets, Duration drain) throws IOException {
    this.targets = targets;
    this.rotation = new Rotation<>(targets);
    this.drain = drain;
    server.setReuseAddress(true);
    server.bind(listen, BACKLOG);
    Thread.ofPlatform().daemon().name("reprise-balancer").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed, or a client that has gone again.
      }
    }
  }

  private void serve(Socket client) {
    try {
      client.setTcpNoDelay(true);
      boolean served = false;
      for (int i = 0; i < targets.size() && !served; i++) {
        Optional<Target> next =
            rotation.next(client.getInetAddress(), Target::isIn, Target::isWilling);
        served = next.isEmpty() || relay(client, next.get());
      }
    } catch (IOException _) {
      // The client has gone.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
      Relay.close(client);
    }
  }

  /**
   * Joins a client with a node.
   *
   * @return false if the node takes nobody, so that another one may be tried
   */
  private static boolean relay(Socket client, Target target) throws InterruptedException {
    target.opened();
    try (Socket node = new Socket()) {
      InetSocketAddress address = target.address();
      if (address == null || !connects(node, address)) {
        return false;
      }
      new Relay(client, node).run();
      return true;
    } catch (IOException _) {
      return true;
    } finally {
      target.closed();
    }
  }

  private static boolean connects(Socket node, InetSocketAddress address) {
    try {
      node.setTcpNoDelay(true);
      node.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Sends nobody to {@code target} any more, and returns when those that are there have gone. */
  void drain(Target target) throws InterruptedException {
    target.leave();
    await(() -> target.open() == 0);
  }

  /** Accepts nothing more, lets connections finish for as long as was said, and ends the rest. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      await(clients::isEmpty);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    clients.forEach(Relay::close);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + drain.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
