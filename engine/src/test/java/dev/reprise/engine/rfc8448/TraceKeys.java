/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.rfc8448;

import dev.reprise.engine.wire.Opaque;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** Key agreement with the private keys of the traces, straight through JCA. */
public final class TraceKeys {
  private TraceKeys() {}

  /** X25519 (RFC 7748, Section 5) of the scalar {@code privateKey} and the coordinate u. */
  public static byte[] x25519(Opaque privateKey, Opaque u) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("XDH");
    var scalar = new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey.toArray());
    var point = new XECPublicKeySpec(NamedParameterSpec.X25519, littleEndian(u));
    return agree("XDH", factory.generatePrivate(scalar), factory.generatePublic(point));
  }

  /** The x-coordinate of {@code privateKey} times the uncompressed point. */
  public static byte[] p256(Opaque privateKey, Opaque point) throws GeneralSecurityException {
    return agree("ECDH", p256PrivateKey(privateKey), p256PublicKey(point));
  }

  public static PrivateKey p256PrivateKey(Opaque privateKey) throws GeneralSecurityException {
    var spec = new ECPrivateKeySpec(new BigInteger(1, privateKey.toArray()), p256());
    return KeyFactory.getInstance("EC").generatePrivate(spec);
  }

  public static PublicKey p256PublicKey(Opaque point) throws GeneralSecurityException {
    var x = new BigInteger(1, point.slice(1, 32).toArray());
    var y = new BigInteger(1, point.slice(33, 32).toArray());
    var spec = new ECPublicKeySpec(new ECPoint(x, y), p256());
    return KeyFactory.getInstance("EC").generatePublic(spec);
  }

  private static byte[] agree(String algorithm, PrivateKey own, PublicKey peer)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance(algorithm);
    agreement.init(own);
    agreement.doPhase(peer, true);
    return agreement.generateSecret();
  }

  private static ECParameterSpec p256() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private static BigInteger littleEndian(Opaque bytes) {
    byte[] reversed = new byte[bytes.length()];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = (byte) bytes.at(reversed.length - 1 - i);
    }
    return new BigInteger(1, reversed);
  }
}
