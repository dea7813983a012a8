/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The pseudorandom function of TLS 1.2 (RFC 5246, Section 5). It keeps one JCA Mac: cheap to make,
 * one for each handshake, not thread-safe.
 *
 * <pre>
 * PRF(secret, label, seed) = P_hash(secret, label + seed)
 * P_hash(secret, seed) = HMAC_hash(secret, A(1) + seed) + HMAC_hash(secret, A(2) + seed) + ...
 * A(0) = seed, A(i) = HMAC_hash(secret, A(i-1))
 * </pre>
 */
public final class Tls12Prf {
  private static final Map<String, byte[]> KNOWN =
      Map.of(
          "master secret", encode("master secret"),
          "extended master secret", encode("extended master secret"),
          "key expansion", encode("key expansion"),
          "client finished", encode("client finished"),
          "server finished", encode("server finished"),
          "EXPERIMENTAL session ID", encode("EXPERIMENTAL session ID"));

  /** Enough for every label of the handshake with two randoms or a SHA-384 transcript hash. */
  private static final int USUAL_SEED = 80;

  private final Hmac hmac;
  private final byte[] usualSeed = new byte[USUAL_SEED];

  public Tls12Prf(HashAlgorithm hash, CryptoProvider crypto) throws TlsException {
    hmac = new Hmac(hash, crypto);
  }

  public HashAlgorithm hash() {
    return hmac.hash();
  }

  /** Overwrites the key that the Mac holds, whichever it is. More derivations may follow. */
  public void forget() {
    hmac.forget();
  }

  /** PRF({@code secret}, {@code label}, {@code seed}), its first {@code length} bytes. */
  public byte[] expand(Secret secret, String label, byte[] seed, int length) throws TlsException {
    byte[] known = KNOWN.get(label);
    byte[] encoded = known != null ? known : encode(label);
    int labelAndSeedLength = encoded.length + seed.length;
    byte[] labelAndSeed =
        labelAndSeedLength <= USUAL_SEED ? usualSeed : new byte[labelAndSeedLength];
    System.arraycopy(encoded, 0, labelAndSeed, 0, encoded.length);
    System.arraycopy(seed, 0, labelAndSeed, encoded.length, seed.length);
    return expand(secret, labelAndSeed, labelAndSeedLength, length);
  }

  /**
   * HMAC({@code secret}, {@code label}), the first step of {@code PRF(secret, label, "")}: of no
   * use to whoever knows it, as nothing else is derived under that label.
   *
   * @return Hash.length bytes
   */
  public byte[] name(Secret secret, String label) throws TlsException {
    byte[] known = KNOWN.get(label);
    return hmac.mac(secret, known != null ? known : encode(label));
  }

  private byte[] expand(Secret secret, byte[] seed, int seedLength, int length)
      throws TlsException {
    byte[] result = new byte[length];
    byte[] a = Hmac.NOTHING;
    for (int at = 0; at < length; at += hash().length()) {
      byte[] next = at == 0 ? hmac.mac(secret, a, seed, seedLength) : hmac.mac(secret, a);
      Arrays.fill(a, (byte) 0);
      a = next;
      byte[] block = hmac.mac(secret, a, seed, seedLength);
      System.arraycopy(block, 0, result, at, Math.min(block.length, length - at));
      Arrays.fill(block, (byte) 0);
    }
    Arrays.fill(a, (byte) 0);
    return result;
  }

  private static byte[] encode(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
