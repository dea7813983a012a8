/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A way to Redis on which every answer takes longer. What is under way at once is not slowed down
 * further: it is a distance, not a narrow place.
 */
final class DelayedStore implements AutoCloseable {
  private static final int BUFFER = 16_384;
  private static final Piece END = new Piece(ByteBuffer.allocate(0), 0);

  /**
   * @param dueNanos when it is handed on
   */
  private record Piece(ByteBuffer bytes, long dueNanos) {}

  private final ServerSocket server;
  private final InetSocketAddress store;
  private final Duration delay;

  DelayedStore(InetSocketAddress store, Duration delay) throws IOException {
    this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    this.store = store;
    this.delay = delay;
    Thread.ofVirtual().name("reprise-delay").start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket node = server.accept();
        Thread.ofVirtual().start(() -> serve(node));
      } catch (IOException _) {
        // Closed, or a client that has gone again.
      }
    }
  }

  private void serve(Socket node) {
    try (node;
        Socket redis = new Socket(store.getAddress(), store.getPort())) {
      node.setTcpNoDelay(true);
      redis.setTcpNoDelay(true);
      BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();
      Thread questions = Thread.ofVirtual().start(() -> ask(node, redis));
      Thread answers = Thread.ofVirtual().start(() -> collect(redis, underWay));
      handOn(underWay, node);
      close(redis);
      close(node);
      questions.join();
      answers.join();
    } catch (IOException _) {
      // Redis is not there: the node sees its connection end, as it would without this.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void ask(Socket node, Socket redis) {
    try {
      long _ = node.getInputStream().transferTo(redis.getOutputStream());
      redis.shutdownOutput();
    } catch (IOException _) {
      close(redis);
    }
  }

  private void collect(Socket redis, BlockingQueue<Piece> underWay) {
    try {
      InputStream in = redis.getInputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        underWay.put(
            new Piece(
                ByteBuffer.wrap(buffer.clone(), 0, read), System.nanoTime() + delay.toNanos()));
      }
    } catch (IOException _) {
      // An end is an end.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    boolean _ = underWay.offer(END);
  }

  private static void handOn(BlockingQueue<Piece> underWay, Socket node)
      throws IOException, InterruptedException {
    for (Piece piece = underWay.take(); piece.bytes().hasRemaining(); piece = underWay.take()) {
      TimeUnit.NANOSECONDS.sleep(piece.dueNanos() - System.nanoTime());
      node.getOutputStream().write(piece.bytes().array(), 0, piece.bytes().limit());
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // There is nothing left to lose.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException _) {
      // Nobody connects any more.
    }
  }
}
