/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what Redis answers; for a thread that may wait. */
public final class Answers {
  private final long patienceMillis;

  /**
   * @param patience for each answer
   */
  public Answers(Duration patience) {
    this.patienceMillis = patience.toMillis();
  }

  /** Sends a command, for an answer that is waited for later. */
  public <T extends @Nullable Object> Future<T> send(Supplier<? extends Future<T>> command)
      throws RedisAwayException {
    try {
      return command.get();
    } catch (RuntimeException e) {
      throw new RedisAwayException("Redis takes no command", e);
    }
  }

  /** Sends a command and waits. */
  public <T extends @Nullable Object> T await(Supplier<? extends Future<T>> command)
      throws RedisAwayException {
    return await(send(command));
  }

  /**
   * Waits for what was sent; where somebody has put something of another type into its place, which
   * would make it fail for ever, that is taken out.
   *
   * @param nothing the answer then
   */
  public <T extends @Nullable Object> T orNothing(
      Future<T> sent, T nothing, Supplier<? extends Future<?>> takeOut) throws RedisAwayException {
    try {
      return await(sent);
    } catch (RedisAwayException e) {
      if (!e.isWrongType()) {
        throw e;
      }
      Object _ = await(takeOut.get());
      return nothing;
    }
  }

  /** Waits for what was sent. */
  public <T extends @Nullable Object> T await(Future<T> sent) throws RedisAwayException {
    try {
      return sent.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisAwayException("interrupted", e);
    } catch (TimeoutException e) {
      sent.cancel(false);
      throw new RedisAwayException("no answer in " + patienceMillis + " ms", e);
    } catch (ExecutionException e) {
      throw new RedisAwayException(String.valueOf(e.getCause()), e);
    } catch (RuntimeException e) {
      throw new RedisAwayException(e.toString(), e);
    }
  }
}
