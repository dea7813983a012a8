/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a remembered session may be resumed here and now: the one place where both versions and
 * every mechanism ask. Resuming must never grant what a full handshake would not.
 */
final class SessionGate {
  private SessionGate() {}

  /** The first reason not to resume, or null. */
  static @Nullable MissReason refuses(
      Session session,
      ProtocolVersion version,
      ResumptionScope scope,
      @Nullable String serverName,
      ServerConfig config) {
    // Tickets and stores are opened for a version and a scope already; but stores are others' too.
    if (session.version() != version) {
      return MissReason.VERSION_MISMATCH;
    }
    if (!scope.accepts(session.scope())) {
      return MissReason.SCOPE_MISMATCH;
    }
    if (!sameName(session, serverName, config)) {
      return MissReason.SNI_MISMATCH;
    }
    if (config.clientAuthentication() == ClientAuthentication.NEED
        && session.peerCertificates().isEmpty()) {
      return MissReason.CLIENT_CERTIFICATE_REQUIRED;
    }
    if (config.resumption().revoked().contains(session)) {
      return MissReason.REVOKED;
    }
    if (!session.peerCertificates().isEmpty() && !config.resumption().revoked().isCurrent()) {
      return MissReason.REVOCATIONS_UNKNOWN;
    }
    return config.resumption().policy().refuses(session, config.clock().millis());
  }

  /**
   * RFC 6066, Section 3: "the server MUST NOT accept the request to resume the session if the
   * server_name extension contains a different name". TLS 1.3 leaves it to the server; we bind it
   * there too unless the policy says otherwise.
   */
  private static boolean sameName(
      Session session, @Nullable String serverName, ServerConfig config) {
    return Objects.equals(session.serverName(), serverName)
        || (session.version() == ProtocolVersion.TLS13
            && config.resumption().policy().allowOtherServerNames());
  }
}
