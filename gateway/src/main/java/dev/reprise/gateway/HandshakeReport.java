/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * How a handshake went, in the words of the built-in backend's JSON and of the metrics.
 *
 * @param handshake {@code full} or {@code resumed}
 * @param mechanism {@code session-id}, {@code ticket} or {@code stateful-ticket}, or {@code untold}
 *     where the provider does not say; null if full
 * @param reason why the handshake was full; null if resumed, or if the provider does not say
 * @param keyName the ticket key that opened the ticket, or did not; null if none was named
 * @param sessionAgeSeconds null if full
 * @param session what names it to revoke it, 64 hexadecimal digits; empty: nothing does
 * @param origin where the session was made; null if here and now
 */
@JsonPropertyOrder({
  "protocol",
  "cipherSuite",
  "handshake",
  "mechanism",
  "reason",
  "keyName",
  "sessionAgeSeconds",
  "session"
})
record HandshakeReport(
    String protocol,
    String cipherSuite,
    String handshake,
    @Nullable String mechanism,
    @Nullable String reason,
    @Nullable String keyName,
    @Nullable Long sessionAgeSeconds,
    String session,
    @JsonIgnore @Nullable Origin origin) {
  static final String FULL = "full";
  static final String RESUMED = "resumed";

  static HandshakeReport full(
      String protocol,
      String cipherSuite,
      @Nullable String reason,
      @Nullable String keyName,
      String session) {
    return new HandshakeReport(
        protocol, cipherSuite, FULL, null, reason, keyName, null, session, null);
  }

  static HandshakeReport resumed(
      String protocol,
      String cipherSuite,
      String mechanism,
      @Nullable String keyName,
      long ageSeconds,
      String session,
      Origin origin) {
    return new HandshakeReport(
        protocol, cipherSuite, RESUMED, mechanism, null, keyName, ageSeconds, session, origin);
  }
}
