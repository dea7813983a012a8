/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.helpers.NOPLogger;

/** A whole Kafka in this process: one node, broker and controller, with its log in a directory. */
final class KafkaBroker {
  /** To whom it listens. */
  enum Listener {
    /** The same as {@link #CONTEXT}, but says that it is where a relay is. */
    RELAYED,
    /** Has a context, by a factory of engines. */
    CONTEXT,
    /** Has the provider's name, and keys and certificates in Kafka's own settings. */
    PROVIDER,
    /** Of the node with itself. */
    CONTROLLER
  }

  private static final int NODE = 1;

  private final Map<Listener, ServerSocketChannel> sockets = new EnumMap<>(Listener.class);
  private final Relay relay;
  private final Path directory;
  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;

  private KafkaBroker(SSLContext server, SSLContext client, Map<String, String> stores)
      throws Exception {
    for (Listener each : Listener.values()) {
      ServerSocketChannel socket = ServerSocketChannel.open();
      socket.configureBlocking(false);
      sockets.put(each, socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }
    relay = Relay.to(boundPort(Listener.RELAYED));
    directory = Files.createTempDirectory("kafka");
    KafkaConfig config = new KafkaConfig(settings(server, client, stores), false);
    format();
    var formatted = KafkaRaftServer.initializeLogDirs(config, NOPLogger.NOP_LOGGER, "");
    shared =
        new SharedServer(
            config,
            formatted._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.of(),
            faults(),
            (name, _, _, _) -> sockets.get(Listener.valueOf(name)));
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    broker = new BrokerServer(shared);
  }

  /**
   * Starts one.
   *
   * @param client the context that it would speak to other brokers with
   * @param stores Kafka's settings of keys and certificates
   */
  static KafkaBroker start(SSLContext server, SSLContext client, Map<String, String> stores)
      throws Exception {
    KafkaBroker kafka = new KafkaBroker(server, client, stores);
    kafka.controller.startup();
    kafka.broker.startup();
    return kafka;
  }

  /** Where clients find it. */
  int port(Listener listener) {
    return listener == Listener.RELAYED ? relay.port() : boundPort(listener);
  }

  Relay relay() {
    return relay;
  }

  void stop() throws IOException {
    broker.shutdown();
    controller.shutdown();
    relay.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private Map<String, Object> settings(
      SSLContext server, SSLContext client, Map<String, String> stores) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("controller.listener.names", Listener.CONTROLLER.name());
    settings.put("controller.quorum.voters", NODE + "@localhost:" + boundPort(Listener.CONTROLLER));
    settings.put("listeners", listeners(Stream.of(Listener.values()), this::boundPort));
    settings.put(
        "advertised.listeners",
        listeners(
            Stream.of(Listener.values()).filter(each -> each != Listener.CONTROLLER), this::port));
    settings.put(
        "listener.security.protocol.map",
        "CONTEXT:SSL,RELAYED:SSL,PROVIDER:SSL,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", Listener.CONTEXT.name());
    settings.put("log.dirs", directory.toString());
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "1");
    settings.put("log.cleaner.enable", "false");
    settings.put("principal.builder.class", KafkaPrincipals.class.getName());
    settings.put("ssl.client.auth", "required");
    KafkaEngines.NAMED.put("broker", server);
    KafkaEngines.NAMED.put("broker's own", client);
    settings.put(KafkaEngines.SERVER, "broker");
    settings.put(KafkaEngines.CLIENT, "broker's own");
    // lines:
    settings.put("listener.name.context.ssl.engine.factory.class", KafkaEngines.class.getName());
    settings.put("listener.name.provider.ssl.provider", "Reprise");
    // end
    settings.put("listener.name.relayed.ssl.engine.factory.class", KafkaEngines.class.getName());
    stores.forEach((name, value) -> settings.put("listener.name.provider." + name, value));
    return settings;
  }

  private static String listeners(
      Stream<Listener> listeners, java.util.function.ToIntFunction<Listener> port) {
    return listeners
        .map(each -> each + "://localhost:" + port.applyAsInt(each))
        .collect(Collectors.joining(","));
  }

  private int boundPort(Listener listener) {
    return java.util.Objects.requireNonNull(sockets.get(listener)).socket().getLocalPort();
  }

  private void format() throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(Listener.CONTROLLER.name())
        .setMetadataLogDirectory(directory.toString())
        .addDirectory(directory.toString())
        .run();
  }

  /** Kafka's own would end the process. */
  private static FaultHandlerFactory faults() {
    return (name, _, _) ->
        (message, cause) -> new IllegalStateException(name + ": " + message, cause);
  }
}
