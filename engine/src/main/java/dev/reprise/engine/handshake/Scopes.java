/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.wire.Opaque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scope that a connection's sessions belong to. */
final class Scopes {
  private Scopes() {}

  /** The scope, or null where none can be told and nothing is to be resumed. */
  static @Nullable ResumptionScope of(ServerConfig config, @Nullable Identity identity) {
    if (identity == null) {
      return null;
    }
    boolean asks = config.clientAuthentication() != ClientAuthentication.NONE;
    List<Opaque> anchors = asks ? config.trust().anchors() : List.of();
    String label = config.resumption().scopeLabel();
    if (asks && anchors.isEmpty() && label.isEmpty()) {
      // Who is trusted cannot be told, so a session could enter where its client would not.
      return null;
    }
    ResumptionScope scope = of(config, identity.scopeIdentity(), anchors);
    // With today's rules for clients: who changed them has changed the former scopes as well.
    return identity.formerScopeIdentities().isEmpty()
        ? scope
        : scope.after(
            identity.formerScopeIdentities().stream()
                .map(former -> of(config, former, anchors))
                .toList());
  }

  private static ResumptionScope of(
      ServerConfig config, Opaque scopeIdentity, List<Opaque> anchors) {
    return ResumptionScope.of(
        scopeIdentity,
        config.clientAuthentication().name(),
        anchors,
        config.resumption().policy().name(),
        config.resumption().scopeLabel());
  }
}
