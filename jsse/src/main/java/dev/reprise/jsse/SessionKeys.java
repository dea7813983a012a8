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
    String partition = sessions.partition() + within(parameters);
    ClientSessionKey other = parameters.sessionsOf;
    return other != null && other.partition().equals(partition)
        ? other
        : new ClientSessionKey(host, port, partition);
  }

  /** The same without what no other context can have. */
  static ClientSessionKey portable(ClientSessions sessions, ClientSessionKey key) {
    String within = key.partition().substring(sessions.partition().length());
    return new ClientSessionKey(key.host(), key.port(), within);
  }

  /** The length in front, so that two texts do not look like another two. */
  private static String within(EngineParameters parameters) {
    String algorithm = parameters.endpointIdentificationAlgorithm;
    String identification = algorithm == null ? "" : algorithm.toUpperCase(Locale.ROOT);
    return identification.length() + identification + parameters.sessionPartition;
  }
}
