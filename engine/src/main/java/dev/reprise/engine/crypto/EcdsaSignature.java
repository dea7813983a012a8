/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import java.math.BigInteger;

/**
 * The form of an ECDSA signature, a DER-encoded {@code ECDSA-Sig-Value} (RFC 3279, Section 2.2.3).
 * Providers differ in what they let pass, so none is asked before it is right.
 *
 * <pre>
 * Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }
 * </pre>
 */
final class EcdsaSignature {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private EcdsaSignature() {}

  /** Whether it is DER and both numbers are within 1 and {@code order} - 1. */
  static boolean isWellFormed(Opaque signature, BigInteger order) {
    try {
      TlsReader whole = TlsReader.of(signature);
      TlsReader numbers = TlsReader.of(value(whole, SEQUENCE));
      whole.end("signature");
      boolean inRange = isInRange(value(numbers, INTEGER), order);
      inRange &= isInRange(value(numbers, INTEGER), order);
      numbers.end("signature");
      return inRange;
    } catch (DecodeException _) {
      return false;
    }
  }

  private static Opaque value(TlsReader in, int tag) throws DecodeException {
    if (in.uint8("tag") != tag) {
      throw new DecodeException("An unexpected tag");
    }
    return in.opaque(length(in), "value");
  }

  /** DER: the shortest form of the length. Nothing here is longer than 255 bytes. */
  private static int length(TlsReader in) throws DecodeException {
    int first = in.uint8("length");
    if (first < 0x80) {
      return first;
    }
    int length = first == 0x81 ? in.uint8("length") : 0;
    if (length < 0x80) {
      throw new DecodeException("A length that is not DER");
    }
    return length;
  }

  private static boolean isInRange(Opaque number, BigInteger order) {
    boolean shortest =
        !number.isEmpty() && (number.at(0) != 0 || (number.length() > 1 && number.at(1) >= 0x80));
    return shortest
        && number.at(0) < 0x80
        && new BigInteger(number.array(), number.offset(), number.length()).compareTo(order) < 0;
  }
}
