/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.Arrays;
import java.util.StringJoiner;

/** An immutable list of 16-bit code points, as they came: unknown ones included, order kept. */
public final class Uint16List {
  private final char[] codes;

  private Uint16List(char[] codes) {
    this.codes = codes;
  }

  public static Uint16List of(int... codes) {
    char[] copy = new char[codes.length];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0 || codes[i] > 0xffff) {
        throw new IllegalArgumentException("Not a 16-bit code point: " + codes[i]);
      }
      copy[i] = (char) codes[i];
    }
    return new Uint16List(copy);
  }

  /** The codes themselves: the caller gives up the array. */
  static Uint16List takeOver(char[] codes) {
    return new Uint16List(codes);
  }

  /** Reads every code point that is left in {@code in}; an odd byte at the end is refused. */
  static Uint16List readAll(TlsReader in, String what) throws DecodeException {
    if (in.remaining() % 2 != 0) {
      throw new DecodeException(what + " has an odd length");
    }
    char[] codes = new char[in.remaining() / 2];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (char) in.uint16(what);
    }
    return new Uint16List(codes);
  }

  void write(TlsWriter out) {
    for (char code : codes) {
      out.uint16(code);
    }
  }

  public int size() {
    return codes.length;
  }

  public int at(int index) {
    return codes[index];
  }

  public boolean contains(int code) {
    for (char candidate : codes) {
      if (candidate == code) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Uint16List other && Arrays.equals(codes, other.codes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    StringJoiner list = new StringJoiner(", ", "[", "]");
    for (char code : codes) {
      list.add(String.format("0x%04x", (int) code));
    }
    return list.toString();
  }
}
