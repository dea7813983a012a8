/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Who wants to hear that a socket's handshake is complete. */
final class HandshakeListeners {
  private final List<HandshakeCompletedListener> all = new CopyOnWriteArrayList<>();

  void add(@Nullable HandshakeCompletedListener listener) {
    all.add(requirePresent(listener));
  }

  void remove(@Nullable HandshakeCompletedListener listener) {
    if (!all.remove(requirePresent(listener))) {
      throw new IllegalArgumentException("The listener is not registered");
    }
  }

  /**
   * On a thread of their own, as the JDK's provider does it: a listener may read from the socket
   * whose reader has just completed the handshake.
   */
  void tell(SSLSocket socket, SSLSession session) {
    List<HandshakeCompletedListener> now = List.copyOf(all);
    if (!now.isEmpty()) {
      HandshakeCompletedEvent event = new HandshakeCompletedEvent(socket, session);
      Thread _ =
          Thread.ofVirtual()
              .name("HandshakeCompletedNotify-Thread")
              .inheritInheritableThreadLocals(false)
              .start(() -> now.forEach(listener -> listener.handshakeCompleted(event)));
    }
  }

  private static HandshakeCompletedListener requirePresent(
      @Nullable HandshakeCompletedListener listener) {
    if (listener == null) {
      throw new IllegalArgumentException("There is no listener");
    }
    return listener;
  }
}
