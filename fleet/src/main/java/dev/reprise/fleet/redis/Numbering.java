/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

/** Numbers for what comes into a sorted set, each higher than those before. */
public final class Numbering {
  /**
   * A function {@code place()} for scripts: the next number for the sorted set {@code KEYS[1]},
   * counted in {@code KEYS[2]}. Where the count is lost or garbage it goes on after the set, or
   * what came then would be read by nobody; and garbage in the set must not use up the numbers.
   */
  public static final String PLACE =
      """
      local function place()
        local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
        local highest = tonumber(last[2] or '0') or 0
        if highest > 9e15 then
          highest = 0
        end
        local place = redis.pcall('INCR', KEYS[2])
        if type(place) ~= 'number' or place <= highest then
          place = highest + 1
          redis.call('SET', KEYS[2], string.format('%.0f', place))
        end
        return place
      end
      """;

  private Numbering() {}
}
