/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers, over HTTP, how the very connection that asks was made.
 *
 * @param name of this node; null: the address that the client has reached
 */
record BuiltInBackend(@Nullable String name) implements Backend {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HINT = "Try GET /connection: it says how this connection was made.";

  @Override
  public void serve(SocketChannel client, SslHandler tls, HandshakeReport report) {
    String node = name == null ? address(client.localAddress()) : name;
    HttpAnswers.addTo(client.pipeline(), HttpSite.readOnly(path -> answer(path, report, node)));
    client.config().setAutoRead(true);
  }

  /** What tells this gateway from the others of a fleet: the address that the client reached. */
  private static String address(InetSocketAddress reached) {
    return new HostPort(reached.getAddress().getHostAddress(), reached.getPort()).toString();
  }

  private static Answer answer(String path, HandshakeReport report, String node) {
    return switch (path) {
      case "/" -> Answer.plain("Reprise, node " + node + ". " + HINT + "\n");
      case "/connection" -> Answer.json(json(report, node) + "\n");
      default -> Answer.notFound(HINT);
    };
  }

  private static String json(HandshakeReport report, String node) {
    ObjectNode object = JSON.valueToTree(report);
    return object.put("node", node).toString();
  }
}
