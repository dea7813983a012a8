/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

/** Redis did not answer, or not in time, or refused: there is another poll. */
public final class RedisAwayException extends Exception {
  private static final long serialVersionUID = 1L;

  public RedisAwayException(String message, Throwable cause) {
    super(message, cause);
  }

  public RedisAwayException(String message) {
    super(message);
  }
}
