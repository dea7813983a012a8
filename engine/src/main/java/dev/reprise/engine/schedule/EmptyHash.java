/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.HashAlgorithm;
import java.util.HexFormat;

/** Transcript-Hash(""): a constant of the hash, so it is not computed for every handshake. */
final class EmptyHash {
  private static final byte[] SHA256 =
      HexFormat.of().parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  private static final byte[] SHA384 =
      HexFormat.of()
          .parseHex(
              "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
                  + "274edebfe76f65fbd51ad2f14898b95b");

  private EmptyHash() {}

  /** The shared array: to be read, never written. */
  static byte[] of(HashAlgorithm hash) {
    return switch (hash) {
      case SHA256 -> SHA256;
      case SHA384 -> SHA384;
    };
  }
}
