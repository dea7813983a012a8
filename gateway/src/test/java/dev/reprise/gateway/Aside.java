/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What a test does beside itself, on a thread of its own: pools may be smaller than the need. */
final class Aside {
  private Aside() {}

  static <T> CompletableFuture<T> run(Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            result.complete(action.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
