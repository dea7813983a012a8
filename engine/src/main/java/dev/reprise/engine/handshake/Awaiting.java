/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.Pending;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Waits for work that the caller runs. Messages wait with it.
 *
 * @param work what to run, off the engine
 * @param next how the handshake goes on with the answer
 * @param <T> the answer
 */
public record Awaiting<T extends @Nullable Object>(Callable<T> work, Continuation<T> next)
    implements HandshakeState {

  /** How a handshake goes on with an answer. */
  @FunctionalInterface
  public interface Continuation<T extends @Nullable Object> {
    HandshakeState resume(T answer) throws TlsException;
  }

  /** Goes on at once if the answer is here; else waits for it. */
  static <T extends @Nullable Object> HandshakeState answer(
      Pending<T> pending, Continuation<T> next) throws TlsException {
    return switch (pending) {
      case Pending.Ready<T>(T value) -> next.resume(value);
      case Pending.Work<T>(Callable<T> work) -> new Awaiting<>(work, next);
    };
  }

  /** Runs the work. Called once, on any thread; the result is given to {@link #resume}. */
  public Answer<T> run() {
    try {
      return new Answer.Given<>(work.call());
    } catch (TlsException e) {
      return new Answer.Failed<>(e);
    } catch (Throwable e) {
      // Managers and providers may throw anything: a handshake of which nobody heard would hang.
      return new Answer.Failed<>(TlsException.internal("A task of the handshake failed", e));
    }
  }

  /** Goes on with what {@link #run} answered. */
  public HandshakeState resume(Answer<T> answer) throws TlsException {
    return switch (answer) {
      case Answer.Given<T>(T value) -> next.resume(value);
      case Answer.Failed<T>(TlsException failure) -> throw failure;
    };
  }

  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) {
    throw new IllegalStateException("Messages wait while a task is pending");
  }

  /** What a task came to. */
  public sealed interface Answer<T extends @Nullable Object> {
    /** Wipes what was found: the handshake has failed meanwhile. */
    default void discard() {
      if (this instanceof Given<T>(Lookup.Found(Session session))) {
        session.close();
      }
    }

    /** The answer. */
    record Given<T extends @Nullable Object>(T value) implements Answer<T> {}

    /** No answer: the handshake ends. */
    record Failed<T extends @Nullable Object>(TlsException failure) implements Answer<T> {}
  }
}
