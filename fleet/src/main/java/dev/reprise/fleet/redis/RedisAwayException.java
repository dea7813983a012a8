/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

/** Redis did not answer, or not in time, or refused: there is another poll. */
public final class RedisAwayException extends Exception {
  private static final long serialVersionUID = 1L;

  public RedisAwayException(String message, Throwable cause) {
    super(message, cause);
  }

  public RedisAwayException(String message) {
    super(message);
  }

  /** Whether it has answered all the same, with an error: then the connection is good. */
  public boolean isAnswer() {
    return errorAnswer() != null;
  }

  /** Whether something of another type lies in the place that was asked for. */
  public boolean isWrongType() {
    RedisCommandExecutionException error = errorAnswer();
    return error != null && isWrongType(error);
  }

  /** The same of what Lettuce says. */
  public static boolean isWrongType(RedisCommandExecutionException error) {
    return String.valueOf(error.getMessage()).startsWith("WRONGTYPE");
  }

  private @Nullable RedisCommandExecutionException errorAnswer() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException error) {
        return error;
      }
    }
    return null;
  }
}
