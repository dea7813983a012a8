/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The first arrays are shared: nothing of one connection may be seen by the next. */
final class PendingBytesTest {
  private static final Opaque SHORT = filled(500);
  private static final Opaque LONG = filled(3_000);

  @Test
  void whatWasPutInComesOutInItsOrderHoweverMuchItGrows() throws TlsException {
    PendingBytes pending = new PendingBytes();
    byte[] expected = new byte[0];
    for (int i = 1; i < 60; i++) {
      byte[] more = new byte[7 * i];
      Arrays.fill(more, (byte) i);
      pending.add(Opaque.copyOf(more));
      expected = Arrays.copyOf(expected, expected.length + more.length);
      System.arraycopy(more, 0, expected, expected.length - more.length, more.length);
      if (i % 3 == 0) {
        int taken = pending.length() / 2;
        assertArrayEquals(Arrays.copyOf(expected, taken), bytes(pending.first(taken)));
        pending.remove(taken);
        expected = Arrays.copyOfRange(expected, taken, expected.length);
      }
    }
    assertArrayEquals(expected, bytes(pending.first(pending.length())));
  }

  @Test
  void anArrayThatIsGivenBackHoldsNothing() throws TlsException {
    PendingBytes pending = new PendingBytes();
    pending.add(SHORT);
    byte[] array = pending.first(1).array();
    pending.remove(SHORT.length());
    pending.release();
    assertArrayEquals(new byte[array.length], array);
    assertEquals(0, pending.capacity());
  }

  @Test
  void anArrayThatHasBecomeTooShortHoldsNothing() throws TlsException {
    PendingBytes pending = new PendingBytes();
    pending.add(SHORT);
    byte[] array = pending.first(1).array();
    pending.add(LONG);
    assertArrayEquals(new byte[array.length], array);
    assertEquals(SHORT.length() + LONG.length(), pending.length());
  }

  @Test
  void twoConnectionsNeverHoldOneArray() throws TlsException {
    PendingBytes before = new PendingBytes();
    before.add(SHORT);
    before.remove(SHORT.length());
    before.release();
    before.release();
    PendingBytes one = new PendingBytes();
    PendingBytes other = new PendingBytes();
    one.add(SHORT);
    other.add(SHORT);
    assertNotSame(one.first(1).array(), other.first(1).array());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Opaque filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0x5a);
    return Opaque.copyOf(bytes);
  }
}
