/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.wire.Opaque;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLSession;

/**
 * What servers refuse to resume although its time is not up: their clients get a full handshake and
 * the reason REVOKED, whatever the mechanism and however often the session was renewed. Connections
 * go on. May be shared by several contexts; it is this process's alone, and gone with it.
 *
 * <p>Safe for threads.
 */
public final class Revocations {
  /**
   * The longest that a session may be resumed after its full handshake, under any policy. In a
   * fleet entries stay for so long.
   */
  public static final Duration LONGEST_SPAN = Duration.ofDays(7);

  private final RevocationRegister register;

  /** For every policy that there can be: each entry stays for 7 days. */
  public Revocations() {
    this(LONGEST_SPAN, InstantSource.system());
  }

  /**
   * For contexts of certain policies.
   *
   * @param longestSession {@link ResumptionPolicy#longestSession} of the longest policy
   */
  public Revocations(Duration longestSession, InstantSource clock) {
    register = new RevocationRegister(longestSession, RevocationRegister.DEFAULT_ENTRIES, clock);
  }

  /**
   * Revokes the session with all that descends from the same full handshake.
   *
   * @throws IllegalArgumentException if it is not a server's session of this provider, or its
   *     handshake is not complete
   */
  public void revokeSession(SSLSession session) {
    if (!(session instanceof RepriseSession ours) || !(ours.context() instanceof ServerSessions)) {
      throw new IllegalArgumentException("This is not a session of a server of Reprise");
    }
    register.revokeSession(ours.lineage());
  }

  /**
   * The same from afar: on another node, or when the connection is gone.
   *
   * @param revocationId {@link RepriseSession#revocationId}
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits
   */
  public void revokeSession(String revocationId) {
    register.revokeSession(digest(revocationId));
  }

  /**
   * Revokes all sessions of clients that have shown this certificate so far. It does not make the
   * certificate untrusted: first see to it that the trust manager refuses it, or the client makes a
   * full handshake, and a new session.
   */
  public void revokeCertificate(X509Certificate certificate) {
    try {
      register.revokeCertificate(Opaque.takeOver(Sha256.of(certificate.getEncoded())));
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("The certificate cannot be encoded", e);
    }
  }

  /**
   * The same.
   *
   * @param sha256 of the certificate as DER, in hexadecimal digits, with or without colons
   * @throws IllegalArgumentException if it is not 32 bytes of them
   */
  public void revokeCertificate(String sha256) {
    register.revokeCertificate(digest(sha256.replace(":", "")));
  }

  /**
   * Revokes all sessions of full handshakes before {@code time}.
   *
   * @throws IllegalArgumentException if it is yet to come
   */
  public void revokeBefore(Instant time) {
    register.revokeBefore(time);
  }

  /** What there is. */
  public RevocationRegister register() {
    return register;
  }

  private static Opaque digest(String hex) {
    if (hex.length() != 2 * RevocationRegister.ID_LENGTH) {
      throw new IllegalArgumentException("64 hexadecimal digits are needed, not " + hex.length());
    }
    return Opaque.takeOver(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
  }
}
