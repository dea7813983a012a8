/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.cli.local.LocalFleet;
import dev.reprise.cli.local.NodeCounts;
import dev.reprise.cli.local.NodeView;
import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a whole fleet tells whoever is on this machine, and by permissions may read its files. */
record FleetAdmin(HttpServer server, HostPort address) implements AutoCloseable {
  private static final int BACKLOG = 16;

  static FleetAdmin start(HostPort address, LocalFleet fleet)
      throws ConfigurationException, IOException {
    InetSocketAddress resolved = address.resolveFirst();
    if (!resolved.getAddress().isLoopbackAddress()) {
      throw new ConfigurationException(
          "--admin "
              + address
              + " can be reached from other machines; give it an address of this machine alone,"
              + " such as 127.0.0.1:9443");
    }
    HttpServer server;
    try {
      server = HttpServer.create(resolved, BACKLOG);
    } catch (IOException e) {
      throw new IOException(
          "Cannot listen on "
              + address
              + " ("
              + e.getMessage()
              + "); free the port or choose another one with --admin",
          e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, "text/plain", () -> whereabouts(fleet)));
    server.createContext("/healthz", exchange -> answer(exchange, "text/plain", () -> "ok\n"));
    server.createContext(
        "/nodes", exchange -> answer(exchange, "application/json", () -> json(fleet.look())));
    server.start();
    return new FleetAdmin(server, address.withPort(server.getAddress().getPort()));
  }

  private static void answer(HttpExchange exchange, String type, Supplier<String> body)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      byte[] bytes = body.get().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** What somebody needs who would join in, or give orders with {@code reprise keys rotate}. */
  private static String whereabouts(LocalFleet fleet) {
    String store = fleet.store();
    return "clients "
        + fleet.address()
        + "\ncertificate "
        + fleet.certificate()
        + (store == null ? "" : "\nstore " + store + "\nfleet-key " + fleet.fleetKey())
        + "\n";
  }

  /** Names, addresses and reasons are made of letters, digits and a few signs. */
  private static String json(List<NodeView> nodes) {
    return nodes.stream().map(FleetAdmin::json).collect(Collectors.joining(",\n", "[", "]\n"));
  }

  private static String json(NodeView node) {
    NodeCounts counts = node.counts();
    String reasons =
        counts.full().entrySet().stream()
            .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
            .collect(Collectors.joining(","));
    return """
    {"node":"%s","address":"%s","admin":"%s","state":"%s","open":%d,"handshakes":%d,\
    "resumedHere":%d,"resumedElsewhere":%d,"resumedUnknown":%d,"failed":%d,"keysHeld":%d,\
    "full":{%s}}\
    """
        .formatted(
            node.name(),
            node.address(),
            node.admin(),
            node.state(),
            node.open(),
            counts.handshakes(),
            counts.here(),
            counts.elsewhere(),
            counts.unknown(),
            counts.failed(),
            counts.keysHeld(),
            reasons);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
