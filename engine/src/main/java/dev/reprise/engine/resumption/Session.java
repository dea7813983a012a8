/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be remembered of a handshake. Times are milliseconds since 1970 on the injected clock.
 *
 * @param secret TLS 1.2: the main secret, 48 bytes; TLS 1.3: the PSK, as long as the suite's hash
 * @param extendedMasterSecret TLS 1.2: whether RFC 7627 was in force
 * @param createdAtMillis when this ticket or stored session was made
 * @param authenticatedAtMillis when the full handshake that it descends from took place; carried
 *     from ticket to ticket, so that a chain of resumptions ends
 * @param lineage random, drawn for the full handshake and carried like its time: with that it tells
 *     which sessions descend from one and the same
 * @param expiresAtMillis from when on it is not resumed any more
 * @param ticketAgeAdd TLS 1.3: the ticket_age_add that its NewSessionTicket carried; else 0
 * @param scope where it may be resumed
 * @param serverName the SNI that it was made under, lower-case, without trailing dot; null: none
 * @param applicationProtocol the ALPN protocol, one character for each byte; null: none
 * @param peerCertificates DER, leaf first; empty: the peer was not authenticated by certificate
 */
public record Session(
    ProtocolVersion version,
    CipherSuite suite,
    Secret secret,
    boolean extendedMasterSecret,
    long createdAtMillis,
    long authenticatedAtMillis,
    long lineage,
    long expiresAtMillis,
    long ticketAgeAdd,
    ResumptionScope scope,
    @Nullable String serverName,
    @Nullable String applicationProtocol,
    List<Opaque> peerCertificates)
    implements AutoCloseable {
  private static final int MAIN_SECRET_LENGTH = 48;

  public Session {
    require(suite.version() == version, "The suite belongs to another protocol version");
    require(secret.length() == secretLength(suite), "The secret's length does not fit the suite");
    // CVE-2026-34873 and CVE-2020-13777 were secrets that nobody had filled in.
    require(!isZero(secret.reveal()), "The secret is all zero");
    require(ticketAgeAdd >>> 32 == 0, "ticket_age_add has 32 bits");
    require(fits(serverName, 0x7f), "A server name is 1 to 255 ASCII characters");
    require(fits(applicationProtocol, 0xff), "An ALPN protocol is 1 to 255 bytes");
    peerCertificates = List.copyOf(peerCertificates);
  }

  /** Wipes the secret. */
  @Override
  public void close() {
    secret.close();
  }

  /** The same session with a secret of its own. */
  public Session copy() {
    return new Session(
        version,
        suite,
        secret.copy(),
        extendedMasterSecret,
        createdAtMillis,
        authenticatedAtMillis,
        lineage,
        expiresAtMillis,
        ticketAgeAdd,
        scope,
        serverName,
        applicationProtocol,
        peerCertificates);
  }

  /** What may be logged. */
  @Override
  public String toString() {
    return "Session[" + version + ", " + suite + ", expires at " + expiresAtMillis + "]";
  }

  static int secretLength(CipherSuite suite) {
    return switch (suite.version()) {
      case TLS12 -> MAIN_SECRET_LENGTH;
      case TLS13 -> suite.hash().length();
    };
  }

  private static boolean fits(@Nullable String text, int highest) {
    if (text == null) {
      return true;
    }
    int above = 0;
    for (int i = 0; i < text.length(); i++) {
      above |= text.charAt(i) & ~highest;
    }
    return !text.isEmpty() && text.length() <= 255 && above == 0;
  }

  private static boolean isZero(byte[] bytes) {
    int bits = 0;
    for (byte b : bytes) {
      bits |= b;
    }
    return bits == 0;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
