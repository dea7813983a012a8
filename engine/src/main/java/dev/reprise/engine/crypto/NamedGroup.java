/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.PublicKey;
import java.security.interfaces.ECKey;
import org.jspecify.annotations.Nullable;

/** The groups of the key exchange: RFC 8446, Section 4.2.7 and draft-ietf-tls-ecdhe-mlkem. */
public enum NamedGroup {
  X25519(0x001d, "x25519"),
  SECP256R1(0x0017, "secp256r1"),
  SECP384R1(0x0018, "secp384r1"),
  X25519MLKEM768(0x11ec, "X25519MLKEM768");

  private static final NamedGroup[] ALL = values();

  private final int code;
  private final String standardName;

  NamedGroup(int code, String standardName) {
    this.code = code;
    this.standardName = standardName;
  }

  public int code() {
    return code;
  }

  /** The IANA name, which is also the one {@code jdk.tls.namedGroups} uses. */
  public String standardName() {
    return standardName;
  }

  /** Not the hybrid: its two shares differ in length and kind, which TLS 1.2 has no words for. */
  public boolean usableInTls12() {
    return this != X25519MLKEM768;
  }

  /** The curve of an ECDSA key; null if it is none of these, and for other keys. */
  public static @Nullable NamedGroup curveOf(PublicKey key) {
    PrimeCurve curve = key instanceof ECKey onCurve ? PrimeCurve.of(onCurve) : null;
    return curve == null ? null : curve.group();
  }

  public static @Nullable NamedGroup of(int code) {
    for (NamedGroup group : ALL) {
      if (group.code == code) {
        return group;
      }
    }
    return null;
  }
}
