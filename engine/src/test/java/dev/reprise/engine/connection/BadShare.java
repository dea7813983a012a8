/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.wire.Opaque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** What a key share must not be, and in which group; made of a good one. */
enum BadShare {
  X25519_ZERO(NamedGroup.X25519, _ -> new byte[32]),
  X25519_ONE(NamedGroup.X25519, _ -> hex("01" + "00".repeat(31))),
  X25519_ORDER_8(
      NamedGroup.X25519,
      _ -> hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")),
  X25519_ORDER_8_TOO(
      NamedGroup.X25519,
      _ -> hex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")),
  X25519_MINUS_ONE(NamedGroup.X25519, _ -> hex("ec" + "ff".repeat(30) + "7f")),
  X25519_MODULUS(NamedGroup.X25519, _ -> hex("ed" + "ff".repeat(30) + "7f")),
  X25519_MODULUS_AND_ONE(NamedGroup.X25519, _ -> hex("ee" + "ff".repeat(30) + "7f")),
  X25519_SHORT(NamedGroup.X25519, share -> Arrays.copyOf(share, 31)),
  X25519_LONG(NamedGroup.X25519, share -> Arrays.copyOf(share, 33)),

  P256_COMPRESSED(NamedGroup.SECP256R1, BadShare::compressed),
  P256_HYBRID(NamedGroup.SECP256R1, share -> first(share, 6 + (share[64] & 1))),
  P256_OFF_THE_CURVE(NamedGroup.SECP256R1, BadShare::lastBitFlipped),
  P256_ZERO(NamedGroup.SECP256R1, share -> first(new byte[share.length], 4)),
  P256_INFINITY(NamedGroup.SECP256R1, _ -> new byte[1]),
  P256_BEYOND_THE_MODULUS(NamedGroup.SECP256R1, BadShare::largest),
  P256_SHORT(NamedGroup.SECP256R1, share -> Arrays.copyOf(share, share.length - 1)),
  P256_LONG(NamedGroup.SECP256R1, share -> Arrays.copyOf(share, share.length + 1)),

  P384_COMPRESSED(NamedGroup.SECP384R1, BadShare::compressed),
  P384_OFF_THE_CURVE(NamedGroup.SECP384R1, BadShare::lastBitFlipped),
  P384_INFINITY(NamedGroup.SECP384R1, _ -> new byte[1]),
  P384_BEYOND_THE_MODULUS(NamedGroup.SECP384R1, BadShare::largest),

  HYBRID_SHORT(NamedGroup.X25519MLKEM768, share -> Arrays.copyOf(share, share.length - 1)),
  HYBRID_LONG(NamedGroup.X25519MLKEM768, share -> Arrays.copyOf(share, share.length + 1)),
  HYBRID_OF_ZEROS_AT_ITS_END(
      NamedGroup.X25519MLKEM768,
      share -> Arrays.copyOf(Arrays.copyOf(share, share.length - 32), share.length)),
  /** Only a client's share has coefficients: a server's is a ciphertext, of which all are legal. */
  HYBRID_OUT_OF_RANGE(
      NamedGroup.X25519MLKEM768,
      share -> {
        byte[] key = share.clone();
        Arrays.fill(key, 0, 3, (byte) 0xff);
        return key;
      });

  final NamedGroup group;

  @SuppressWarnings("ImmutableEnumChecker") // A lambda that captures nothing that changes.
  private final UnaryOperator<byte[]> lie;

  BadShare(NamedGroup group, UnaryOperator<byte[]> lie) {
    this.group = group;
    this.lie = lie;
  }

  Opaque of(Opaque good) {
    return Opaque.takeOver(lie.apply(good.toArray()));
  }

  private static byte[] compressed(byte[] share) {
    byte[] half = Arrays.copyOf(share, 1 + share.length / 2);
    return first(half, 2 + (share[share.length - 1] & 1));
  }

  private static byte[] lastBitFlipped(byte[] share) {
    byte[] changed = share.clone();
    changed[changed.length - 1] ^= 1;
    return changed;
  }

  private static byte[] largest(byte[] share) {
    byte[] changed = new byte[share.length];
    Arrays.fill(changed, (byte) 0xff);
    return first(changed, 4);
  }

  private static byte[] first(byte[] share, int value) {
    byte[] changed = share.clone();
    changed[0] = (byte) value;
    return changed;
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
