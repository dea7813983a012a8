/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.crypto.TrafficKeys;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.util.Arrays;

/**
 * The key derivation of TLS 1.2: RFC 5246, Section 8.1 and 6.3, and RFC 7627. A pre-main secret is
 * wiped by what it is turned into; a main secret is the session's and stays. One of zeros only is
 * refused everywhere.
 */
public final class Tls12Secrets {
  static final String MAIN_SECRET = "master secret";
  static final String EXTENDED_MAIN_SECRET = "extended master secret";
  static final String KEY_EXPANSION = "key expansion";
  static final String CLIENT_FINISHED = "client finished";
  static final String SERVER_FINISHED = "server finished";

  /**
   * RFC 5705, Section 4: those that begin so "MAY be used for private use without registration".
   */
  static final String SESSION_ID = "EXPERIMENTAL session ID";

  /** RFC 5246, Section 8.1: "The master secret is always exactly 48 bytes in length." */
  public static final int MAIN_SECRET_LENGTH = 48;

  /** RFC 5246, Section 7.4.9, for every cipher suite that says nothing else. */
  public static final int VERIFY_DATA_LENGTH = 12;

  /** RFC 5246, Section 7.4.1.2: the longest; those that are sent are as long. */
  private static final int SESSION_ID_LENGTH = 32;

  private Tls12Secrets() {}

  /** The main secret of a session with extended_master_secret. Wipes {@code preMainSecret}. */
  public static Secret extendedMainSecret(Tls12Prf prf, Secret preMainSecret, byte[] sessionHash)
      throws TlsException {
    // The pre-main secret, "extended master secret", the transcript up to the ClientKeyExchange.
    // RFC 7627, Section 4.
    return fromPreMain(prf, preMainSecret, EXTENDED_MAIN_SECRET, sessionHash);
  }

  /** The main secret of a session that must not be resumed. Wipes {@code preMainSecret}. */
  public static Secret mainSecret(
      Tls12Prf prf, Secret preMainSecret, Opaque clientRandom, Opaque serverRandom)
      throws TlsException {
    // The pre-main secret, "master secret"; no transcript but both randoms, the client's first.
    // RFC 5246, Section 8.1.
    return fromPreMain(prf, preMainSecret, MAIN_SECRET, seed(clientRandom, serverRandom));
  }

  /** The keys of one connection of the session. */
  public static Tls12KeyBlock keyBlock(
      Tls12Prf prf, Secret mainSecret, Opaque clientRandom, Opaque serverRandom, AeadAlgorithm aead)
      throws TlsException {
    int key = aead.keyLength();
    int iv = fixedIvLength(aead);
    // The main secret, "key expansion"; no transcript but both randoms, the server's first.
    // RFC 5246, Section 6.3.
    byte[] block =
        expand(prf, mainSecret, KEY_EXPANSION, seed(serverRandom, clientRandom), 2 * (key + iv));
    try {
      return new Tls12KeyBlock(
          new TrafficKeys(aead, cut(block, 0, key), cut(block, 2 * key, iv)),
          new TrafficKeys(aead, cut(block, key, key), cut(block, 2 * key + iv, iv)));
    } finally {
      Arrays.fill(block, (byte) 0);
    }
  }

  /** The verify_data of the client's Finished, over the transcript before it. */
  public static Opaque clientFinished(Tls12Prf prf, Secret mainSecret, byte[] transcriptHash)
      throws TlsException {
    // The main secret, "client finished", all messages before this Finished.
    // RFC 5246, Section 7.4.9.
    return finished(prf, mainSecret, CLIENT_FINISHED, transcriptHash);
  }

  /** The verify_data of the server's Finished, over the transcript before it. */
  public static Opaque serverFinished(Tls12Prf prf, Secret mainSecret, byte[] transcriptHash)
      throws TlsException {
    // The main secret, "server finished", all messages before this Finished.
    // RFC 5246, Section 7.4.9.
    return finished(prf, mainSecret, SERVER_FINISHED, transcriptHash);
  }

  /** What both sides may call the session, however often it is resumed; it tells nothing of it. */
  public static Opaque sessionId(Tls12Prf prf, Secret mainSecret) throws TlsException {
    ZeroSecret.refuse(mainSecret, "main secret");
    return Opaque.takeOver(prf.name(mainSecret, SESSION_ID), 0, SESSION_ID_LENGTH);
  }

  private static Secret fromPreMain(Tls12Prf prf, Secret preMainSecret, String label, byte[] seed)
      throws TlsException {
    try (preMainSecret) {
      ZeroSecret.refuse(preMainSecret, "pre-main secret");
      return Secret.takeOver(prf.expand(preMainSecret, label, seed, MAIN_SECRET_LENGTH));
    }
  }

  private static Opaque finished(
      Tls12Prf prf, Secret mainSecret, String label, byte[] transcriptHash) throws TlsException {
    return Opaque.takeOver(expand(prf, mainSecret, label, transcriptHash, VERIFY_DATA_LENGTH));
  }

  private static byte[] expand(
      Tls12Prf prf, Secret mainSecret, String label, byte[] seed, int length) throws TlsException {
    ZeroSecret.refuse(mainSecret, "main secret");
    return prf.expand(mainSecret, label, seed, length);
  }

  /** RFC 5288, Section 3: a salt of 4 bytes; RFC 7905, Section 2: 12 bytes. */
  private static int fixedIvLength(AeadAlgorithm aead) {
    return switch (aead) {
      case AES_128_GCM, AES_256_GCM -> 4;
      case CHACHA20_POLY1305 -> 12;
    };
  }

  private static byte[] seed(Opaque first, Opaque second) {
    byte[] seed = new byte[first.length() + second.length()];
    first.copyTo(seed, 0);
    second.copyTo(seed, first.length());
    return seed;
  }

  private static Secret cut(byte[] block, int from, int length) {
    return Secret.takeOver(Arrays.copyOfRange(block, from, from + length));
  }
}
