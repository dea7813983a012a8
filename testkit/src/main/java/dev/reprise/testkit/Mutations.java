/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every smallest damage to a message, made one at a time as the stream is read. The original is
 * copied first, so a caller may go on using it.
 */
public final class Mutations {
  private Mutations() {}

  /** {@link #bitFlips}, {@link #truncations} and {@link #oneByteAdded}, in this order. */
  public static Stream<Mutation> all(byte[] message) {
    return Stream.of(bitFlips(message), truncations(message), oneByteAdded(message))
        .flatMap(mutations -> mutations);
  }

  /** Every single bit flipped: eight mutations a byte, the least significant bit (0) first. */
  public static Stream<Mutation> bitFlips(byte[] message) {
    byte[] original = message.clone();
    return IntStream.range(0, original.length * 8)
        .mapToObj(bit -> bitFlipped(original, bit / 8, bit % 8));
  }

  /** Every prefix shorter than the message, the empty one first. */
  public static Stream<Mutation> truncations(byte[] message) {
    byte[] original = message.clone();
    return IntStream.range(0, original.length)
        .mapToObj(length ->
            new Mutation(
                "the first " + length + " of " + original.length + " bytes",
                Arrays.copyOf(original, length)));
  }

  /** The message with one byte after it: a zero, which padding may look like, and a 0xff. */
  public static Stream<Mutation> oneByteAdded(byte[] message) {
    byte[] original = message.clone();
    return IntStream.of(0x00, 0xff).mapToObj(value -> byteAdded(original, value));
  }

  private static Mutation bitFlipped(byte[] original, int index, int bit) {
    byte[] bytes = original.clone();
    bytes[index] = (byte) (bytes[index] ^ (1 << bit));
    return new Mutation(
        "bit " + bit + " of byte " + index + " of " + original.length + " flipped", bytes);
  }

  private static Mutation byteAdded(byte[] original, int value) {
    byte[] bytes = Arrays.copyOf(original, original.length + 1);
    bytes[original.length] = (byte) value;
    return new Mutation(
        String.format("0x%02x added after %d bytes", value, original.length), bytes);
  }
}
