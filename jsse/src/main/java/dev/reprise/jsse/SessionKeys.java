/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.ClientSessionKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Under which key a client's sessions are kept. */
final class SessionKeys {
  private SessionKeys() {}

  /**
   * Sessions are kept only for a server that can be told. One that was made without identifying the
   * endpoint must not be used where that is asked for, nor one of another context, whose trust
   * manager may trust others. Constraints cannot be compared: under them nothing is kept.
   */
  static @Nullable ClientSessionKey of(
      ClientSessions sessions, EngineParameters parameters, @Nullable String host, int port) {
    if (host == null || port < 0 || port > 0xffff || parameters.algorithmConstraints != null) {
      return null;
    }
    ClientSessionKey own =
        new ClientSessionKey(host, port, sessions.partition() + within(parameters));
    ClientSessionKey other = parameters.sessionsOf;
    return other != null && mayStandFor(other, own, parameters) ? other : own;
  }

  /** Where endpoints are identified, a resumption by another's key would leave that out. */
  private static boolean mayStandFor(
      ClientSessionKey other, ClientSessionKey own, EngineParameters parameters) {
    return other.partition().equals(own.partition())
        && (identification(parameters).isEmpty() || other.host().equals(own.host()));
  }

  /** The same without what no other context can have. */
  static ClientSessionKey portable(ClientSessions sessions, ClientSessionKey key) {
    String within = key.partition().substring(sessions.partition().length());
    return new ClientSessionKey(key.host(), key.port(), within);
  }

  /** The length in front, so that two texts do not look like another two. */
  private static String within(EngineParameters parameters) {
    String identification = identification(parameters);
    return identification.length() + identification + parameters.sessionPartition;
  }

  private static String identification(EngineParameters parameters) {
    String algorithm = parameters.endpointIdentificationAlgorithm;
    return algorithm == null ? "" : algorithm.toUpperCase(Locale.ROOT);
  }
}
