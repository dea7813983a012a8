/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is here, or work that may wait for it: a signature, a trust decision, a remote
 * store. The engine never blocks; it hands {@link Work} to its caller, who runs it on a thread of
 * his choice and comes back.
 *
 * @param <T> the answer
 */
public sealed interface Pending<T extends @Nullable Object> {
  /** The answer. No task switch is made for it. */
  record Ready<T extends @Nullable Object>(T value) implements Pending<T> {}

  /** What has to be run to have the answer. It runs at most once, on any thread. */
  record Work<T extends @Nullable Object>(Callable<T> work) implements Pending<T> {}

  static <T extends @Nullable Object> Pending<T> ready(T value) {
    return new Ready<>(value);
  }

  static <T extends @Nullable Object> Pending<T> work(Callable<T> work) {
    return new Work<>(work);
  }

  /** The answer with {@code function} applied to it, here or in the work. */
  default <R extends @Nullable Object> Pending<R> map(Function<T, R> function) {
    return switch (this) {
      case Ready<T>(T value) -> ready(function.apply(value));
      case Work<T>(Callable<T> work) -> work(() -> function.apply(work.call()));
    };
  }
}
