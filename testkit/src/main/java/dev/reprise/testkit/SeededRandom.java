/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/**
 * A {@link SecureRandom} in type only: two of them with the same seed give the same bytes for the
 * same sequence of calls, at the cost of a {@link SplittableRandom}. Whoever knows the seed knows
 * every key made with it.
 *
 * <p>Calls are serialized, so it may be shared; but with two threads drawing, which of them gets
 * which bytes is up to the scheduler. A test that compares bytes gives each side its own.
 */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1;

  private SeededRandom(long seed) {
    super(new Generator(seed), null);
  }

  public static SeededRandom of(long seed) {
    return new SeededRandom(seed);
  }

  @Override
  public String getAlgorithm() {
    return "SeededRandom";
  }

  private static final class Generator extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    private final long seed;
    private final transient SplittableRandom random;

    Generator(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
    }

    /** More seed never makes a {@link SecureRandom} less random; here it would make it so. */
    @Override
    protected void engineSetSeed(byte[] more) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }

    @Override
    public String toString() {
      return "SeededRandom[" + seed + "]";
    }
  }
}
