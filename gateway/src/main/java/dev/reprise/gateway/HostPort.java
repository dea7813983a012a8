/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen or to connect, as it was written: the name is looked up when it is needed.
 *
 * @param host a name or an address, without the brackets of an IPv6 address
 * @param port 0 to 65535; 0 lets the system choose where that makes sense
 */
public record HostPort(String host, int port) {
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern BRACKETED = Pattern.compile("\\[([0-9A-Fa-f:.%\\w]+)]:(\\d{1,5})");
  private static final Pattern PLAIN = Pattern.compile("([\\w.-]+):(\\d{1,5})");

  public HostPort {
    if (host.isEmpty() || port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("no address: " + host + ":" + port);
    }
  }

  /** Reads {@code HOST:PORT} or {@code [IPV6]:PORT}. */
  public static HostPort parse(String text) throws ConfigurationException {
    Matcher matcher = (text.startsWith("[") ? BRACKETED : PLAIN).matcher(text);
    if (!matcher.matches()) {
      throw new ConfigurationException(
          "'" + text + "' is not HOST:PORT; write for example 127.0.0.1:8443 or [::1]:8443");
    }
    int port = Integer.parseInt(matcher.group(2));
    if (port > HIGHEST_PORT) {
      throw new ConfigurationException(
          "'" + text + "' names port " + port + ", but ports end at " + HIGHEST_PORT);
    }
    return new HostPort(matcher.group(1), port);
  }

  /** The same host with another port. */
  public HostPort withPort(int other) {
    return new HostPort(host, other);
  }

  /** All addresses of the host, in the resolver's order; may wait for the network. */
  List<InetSocketAddress> resolve() throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(host))
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  /** The first of the host's addresses, to listen on; may wait for the network. */
  public InetSocketAddress resolveFirst() throws ConfigurationException {
    try {
      return resolve().getFirst();
    } catch (UnknownHostException e) {
      throw new ConfigurationException(
          this + " names a host that is not known; write an address of this machine", e);
    }
  }

  /** As in a URL: IPv6 addresses in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
