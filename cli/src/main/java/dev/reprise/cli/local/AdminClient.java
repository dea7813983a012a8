/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.gateway.HostPort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;

/** Asks a node's admin listener. */
record AdminClient(InetSocketAddress address) {
  private static final int PATIENCE_MILLIS = 2000;

  /** Whether it takes clients: neither on its way down, nor silent. */
  boolean isWell() {
    try {
      HttpURLConnection connection = open("/healthz");
      boolean well = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      connection.disconnect();
      return well;
    } catch (IOException _) {
      return false;
    }
  }

  NodeCounts counts() throws IOException {
    HttpURLConnection connection = open("/metrics");
    try (var in = connection.getInputStream()) {
      return NodeCounts.parse(new String(in.readAllBytes(), UTF_8));
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    URI uri =
        URI.create(
            "http://"
                + new HostPort(address.getAddress().getHostAddress(), address.getPort())
                + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    return connection;
  }
}
