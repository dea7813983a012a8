/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/** SHAKE128 (FIPS 202) of the empty message, to be squeezed for as long as one likes. */
final class Shake128 {
  private static final int RATE = 168;
  private static final int[] ROTATIONS = {
    1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
  };
  private static final int[] LANES = {
    10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
  };

  private final long[] state = new long[25];
  private int squeezed;

  Shake128() {
    state[0] = 0x1f;
    state[RATE / 8 - 1] ^= 0x80L << 56;
    permute();
  }

  byte[] next(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) nextByte();
    }
    return bytes;
  }

  int nextByte() {
    if (squeezed == RATE) {
      permute();
      squeezed = 0;
    }
    long lane = state[squeezed / 8] >>> (8 * (squeezed % 8));
    squeezed++;
    return (int) lane & 0xff;
  }

  private void permute() {
    int register = 1;
    for (int round = 0; round < 24; round++) {
      theta();
      rhoAndPi();
      chi();
      for (int bit = 0; bit < 7; bit++) {
        if ((register & 1) != 0) {
          state[0] ^= 1L << ((1 << bit) - 1);
        }
        register = (register << 1) ^ ((register >>> 7) * 0x171);
      }
    }
  }

  private void theta() {
    long[] columns = new long[5];
    for (int i = 0; i < 25; i++) {
      columns[i % 5] ^= state[i];
    }
    for (int i = 0; i < 25; i++) {
      state[i] ^= columns[(i + 4) % 5] ^ Long.rotateLeft(columns[(i + 1) % 5], 1);
    }
  }

  private void rhoAndPi() {
    long moved = state[1];
    for (int i = 0; i < 24; i++) {
      long next = state[LANES[i]];
      state[LANES[i]] = Long.rotateLeft(moved, ROTATIONS[i]);
      moved = next;
    }
  }

  private void chi() {
    for (int row = 0; row < 25; row += 5) {
      long[] old = java.util.Arrays.copyOfRange(state, row, row + 5);
      for (int i = 0; i < 5; i++) {
        state[row + i] = old[i] ^ (~old[(i + 1) % 5] & old[(i + 2) % 5]);
      }
    }
  }
}
