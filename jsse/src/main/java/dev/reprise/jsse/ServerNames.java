/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.util.Collection;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/** Server names (RFC 6066, Section 3) between JSSE's objects and the engine's strings. */
final class ServerNames {
  private ServerNames() {}

  /**
   * What a client asks for if nobody tells it: the host, if that is a DNS name with a dot. RFC
   * 6066, Section 3: "Literal IPv4 and IPv6 addresses are not permitted in "HostName"."
   */
  static List<SNIServerName> forHost(@Nullable String host) {
    if (host == null || host.indexOf('.') <= 0 || EndpointNames.literal(host) != null) {
      return List.of();
    }
    return list(EndpointNames.normal(host));
  }

  /**
   * As the engine wants it: lower-case, without trailing dot; null if there is no host name. An
   * address is none, though {@code HttpsURLConnection} sets it as one.
   */
  static @Nullable String hostName(List<SNIServerName> names) {
    for (SNIServerName name : names) {
      if (name.getType() == StandardConstants.SNI_HOST_NAME) {
        SNIHostName host =
            name instanceof SNIHostName own ? own : new SNIHostName(name.getEncoded());
        String normal = EndpointNames.normal(host.getAsciiName());
        return EndpointNames.literal(normal) == null ? normal : null;
      }
    }
    return null;
  }

  /** Empty if there is none, and if JSSE has no way to say it (an underscore, for example). */
  static List<SNIServerName> list(@Nullable String hostName) {
    if (hostName == null) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(hostName));
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  /** Whether the server takes the name: no name at all fits every matcher, as in the JDK. */
  static boolean accepted(Collection<SNIMatcher> matchers, @Nullable String hostName) {
    if (hostName == null || matchers.isEmpty()) {
      return true;
    }
    List<SNIServerName> names = list(hostName);
    return matchers.stream()
        .filter(matcher -> matcher.getType() == StandardConstants.SNI_HOST_NAME)
        .anyMatch(matcher -> names.stream().anyMatch(matcher::matches));
  }
}
