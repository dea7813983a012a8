/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's choice of an application protocol: RFC 7301. */
@FunctionalInterface
public interface ApplicationProtocolSelector {
  /** Answers no offer: the extension is ignored. */
  ApplicationProtocolSelector NONE = _ -> null;

  /**
   * The protocol chosen from those {@code offered}, or null to go on without one.
   *
   * @throws TlsException to refuse the connection
   */
  @Nullable String select(List<String> offered) throws TlsException;

  /**
   * The first of {@code supported} that is offered. RFC 7301, Section 3.2: "In the event that the
   * server supports no protocols that the client advertises, then the server SHALL respond with a
   * fatal "no_application_protocol" alert."
   */
  static ApplicationProtocolSelector inOrder(List<String> supported) {
    List<String> ours = List.copyOf(supported);
    return ours.isEmpty() ? NONE : offered -> firstOf(ours, offered);
  }

  private static String firstOf(List<String> ours, List<String> offered) throws TlsException {
    for (String protocol : ours) {
      if (offered.contains(protocol)) {
        return protocol;
      }
    }
    throw TlsException.incompatible(
        AlertDescription.NO_APPLICATION_PROTOCOL, "None of the offered protocols is served here");
  }
}
