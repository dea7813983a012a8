/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine;

import dev.reprise.engine.handshake.Awaiting;
import dev.reprise.engine.handshake.HandshakeState;
import dev.reprise.engine.wire.TlsException;
import org.jspecify.annotations.Nullable;

/** Work that a connection waits for: run it anywhere, then {@link TlsConnection#complete} it. */
public final class Task {
  private final Work<?> work;

  Task(Awaiting<?> awaiting) {
    this.work = new Work<>(awaiting);
  }

  /** Does the work; it may block. It never throws. */
  public void run() {
    work.run();
  }

  boolean isFor(@Nullable HandshakeState state) {
    return work.awaiting.equals(state);
  }

  HandshakeState resume() throws TlsException {
    return work.resume();
  }

  void discard() {
    work.discard();
  }

  private static final class Work<T extends @Nullable Object> {
    private final Awaiting<T> awaiting;
    private volatile Awaiting.@Nullable Answer<T> answer;

    private Work(Awaiting<T> awaiting) {
      this.awaiting = awaiting;
    }

    private void run() {
      answer = awaiting.run();
    }

    private void discard() {
      Awaiting.Answer<T> given = answer;
      if (given != null) {
        given.discard();
      }
    }

    private HandshakeState resume() throws TlsException {
      Awaiting.Answer<T> given = answer;
      if (given == null) {
        throw new IllegalStateException("The task was not run");
      }
      return awaiting.resume(given);
    }
  }
}
