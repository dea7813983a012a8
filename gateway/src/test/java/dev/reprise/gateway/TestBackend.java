/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A TCP server that does with every connection what a test says. */
final class TestBackend implements AutoCloseable {
  /** What is done with a connection; it is closed afterwards. */
  interface Conversation {
    Object with(Socket connection) throws Exception;
  }

  private final ServerSocket server;
  private final BlockingQueue<CompletableFuture<Object>> outcomes = new LinkedBlockingQueue<>();

  private TestBackend(ServerSocket server) {
    this.server = server;
  }

  static TestBackend start(Conversation conversation) throws IOException {
    ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    TestBackend backend = new TestBackend(server);
    Thread.ofVirtual().start(() -> backend.accept(conversation));
    return backend;
  }

  /** Sends back whatever it gets, to the end. */
  static TestBackend echo() throws IOException {
    return start(
        connection -> connection.getInputStream().transferTo(connection.getOutputStream()));
  }

  HostPort address() {
    return new HostPort("127.0.0.1", server.getLocalPort());
  }

  /** What came of the next conversation, or what it threw. */
  Object outcome() throws Exception {
    CompletableFuture<Object> outcome = outcomes.poll(Peers.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (outcome == null) {
      throw new AssertionError("no conversation ended");
    }
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private void accept(Conversation conversation) {
    try {
      while (true) {
        Socket connection = server.accept();
        Thread.ofVirtual().start(() -> converse(connection, conversation));
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  private void converse(Socket connection, Conversation conversation) {
    try (connection) {
      connection.setSoTimeout(Peers.PATIENCE_MILLIS);
      outcomes.add(CompletableFuture.completedFuture(conversation.with(connection)));
    } catch (Exception e) {
      outcomes.add(CompletableFuture.failedFuture(e));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
