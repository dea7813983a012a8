/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on loopback that makes the way to a server longer, loses what is sent on it, or ends
 * it. It keeps its port while the server behind it goes and comes.
 */
public final class Detour implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream recording = new ByteArrayOutputStream();
  private volatile long delayNanos;
  private volatile boolean losing;
  private volatile boolean recorded;

  private Detour(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** A way to a port of loopback. */
  public static Detour to(int target) {
    try {
      Detour detour = new Detour(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().start(detour::accept);
      return detour;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On 127.0.0.1. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on every answer comes so much later; others do not wait for it. */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** Whether bytes are lost from now on, both ways; those lost before are not made good. */
  public void lose(boolean lost) {
    losing = lost;
  }

  /** Keeps a copy of all that passes from now on. */
  public void record() {
    recorded = true;
  }

  /** All that has passed both ways since {@link #record}. */
  public byte[] recording() {
    synchronized (recording) {
      return recording.toByteArray();
    }
  }

  /** Ends all connections; new ones may be made. */
  public void cut() {
    sockets.forEach(Detour::close);
  }

  @Override
  public void close() {
    close(listener);
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException _) {
        // Closed, or the client has gone.
      }
    }
  }

  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      new DetourLane(client, server, () -> 0, this::passes).start(this::end);
      new DetourLane(server, client, () -> delayNanos, this::passes).start(this::end);
    } catch (IOException _) {
      end(client);
    }
  }

  private boolean passes(byte[] bytes, int length) {
    if (losing) {
      return false;
    }
    if (recorded) {
      synchronized (recording) {
        recording.write(bytes, 0, length);
      }
    }
    return true;
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    close(socket);
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // It is not used any more.
    }
  }
}
