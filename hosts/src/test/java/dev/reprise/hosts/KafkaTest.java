/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.hosts.KafkaBroker.Listener;
import dev.reprise.hosts.Results.Column;
import dev.reprise.jsse.RepriseProvider;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.X509KeyManager;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker, with the clients for administrators, producers and consumers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaTest {
  private static final String KNOWN = " CN=client.example";

  /** ApiVersions, with which every client begins. */
  private static final String HELLO = "\0\0\0\12\0\22\0\0\0\0\0\7\377\377";

  private static final int RESETS = 20;

  private final Results results = new Results(getClass().getSimpleName());
  private volatile Handshakes atServer = new Handshakes();
  private @Nullable KafkaBroker started;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    // As java.security would; Kafka's security.providers would put it before all others.
    Security.addProvider(new RepriseProvider());
    started =
        KafkaBroker.start(
            Tls.server(event -> atServer.onHandshake(event)),
            Tls.knownClient(new Handshakes()),
            stores(Tls.SERVER, directory));
  }

  @BeforeEach
  void forget() {
    atServer = new Handshakes();
    KafkaPrincipals.SEEN.clear();
  }

  @AfterAll
  void write() throws IOException {
    results.put(Column.HOST, "Kafka " + Versions.of("kafka"));
    results.put(Column.SIDE, "both");
    results.put(Column.HTTP2, "has none");
    results.write();
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void resumesOneAfterAnother(String version) throws Exception {
    Handshakes atClient = new Handshakes();
    SSLContext client = knownClient(atClient, version);
    while (atClient.all() < ServerHostTest.SEQUENTIAL) {
      askNode(settings(Listener.CONTEXT, client));
    }
    atClient.assertResumedAfterTheFirst(ServerHostTest.SEQUENTIAL);
    atServer.assertResumedAfterTheFirst(ServerHostTest.SEQUENTIAL);
    Column column = version.equals(Tls.V13) ? Column.TLS13 : Column.TLS12;
    results.put(column, atServer + " resumed");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void knowsItsClientsByTheirCertificates(String version) throws Exception {
    Handshakes atClient = new Handshakes();
    SSLContext known = knownClient(atClient, version);
    for (Listener each : List.of(Listener.CONTEXT, Listener.PROVIDER)) {
      for (int i = 0; i < 2; i++) {
        askNode(settings(each, known));
      }
      assertEquals(Set.of(each + KNOWN), principalsAt(each));
      KafkaPrincipals.SEEN.clear();
    }
    assertEquals("6 of 8", atClient.toString());
    SSLContext unknown = Tls.clientBuilder(new Handshakes()).protocols(List.of(version)).build();
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> askNode(settings(Listener.CONTEXT, unknown)));
    assertInstanceOf(SslAuthenticationException.class, refused.getCause());
    results.put(Column.MUTUAL, "yes, also resumed");
  }

  /** The broker goes on talking with its controller meanwhile, over a listener without TLS. */
  private static Set<String> principalsAt(Listener listener) {
    return KafkaPrincipals.SEEN.stream()
        .filter(each -> each.startsWith(listener + " "))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Such a client makes a context of its own, but reconnects with it. */
  @ParameterizedTest
  @ValueSource(strings = {"Reprise", "SunJSSE"})
  void resumesClientsThatNameAProvider(String provider, @TempDir Path directory) throws Exception {
    Map<String, Object> settings = settings(broker().port(Listener.RELAYED));
    // lines:
    settings.put("ssl.provider", provider);
    // end
    settings.putAll(stores(Tls.CLIENT, directory));
    try (Admin admin = Admin.create(settings)) {
      for (int i = 0; i < 5; i++) {
        var _ = admin.describeCluster().clusterId().get();
        broker().relay().cut();
      }
    }
    assertTrue(atServer.all() >= 5, "as often as it was cut off: " + atServer);
    assertEquals(1, atServer.all() - atServer.resumed(), "full handshakes");
    results.put(Column.PEERS, "ours, SunJSSE");
  }

  @Test
  void servesManyAtOnce() throws Exception {
    SSLContext client = Tls.knownClient(new Handshakes());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < ServerHostTest.PARALLEL; i++) {
        calls.add(() -> askNode(settings(Listener.CONTEXT, client)));
      }
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertEquals(1, answer.get());
      }
    }
    assertEquals(2 * ServerHostTest.PARALLEL, atServer.all());
    results.put(Column.PARALLEL, ServerHostTest.PARALLEL + " of " + ServerHostTest.PARALLEL);
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void transfersMuch(String version) throws Exception {
    Map<String, Object> settings =
        settings(Listener.CONTEXT, knownClient(new Handshakes(), version));
    TopicPartition topic = topic("much." + version, settings);
    produce(topic, settings);
    assertEquals(Content.SUM, consume(topic, settings));
    results.put(Column.TRANSFER, "same checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void clientsNoticeThatTheBrokerIsGone(String version) throws Exception {
    Map<String, Object> settings =
        settings(Listener.RELAYED, knownClient(new Handshakes(), version));
    TopicPartition topic = topic("cut." + version, settings);
    settings.put("retries", "0");
    settings.put("enable.idempotence", "false");
    try (var producer = producer(settings)) {
      var _ = producer.send(record(topic)).get();
      var heldBack = broker().relay().holdBack();
      Future<?> lost = producer.send(record(topic));
      heldBack.get(EngineClient.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      broker().relay().cut();
      Throwable cause = assertThrows(ExecutionException.class, lost::get).getCause();
      assertInstanceOf(NetworkException.class, cause);
      var _ = producer.send(record(topic)).get();
      results.put(
          Column.ABRUPT,
          "broker: nothing above debug; client: `" + cause.getClass().getName() + "`");
    }
    assertEquals(1, atServer.all() - atServer.resumed(), "full handshakes");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void noticesThatAClientIsGone(String version) throws Exception {
    try (EngineClient client = connect(version)) {
      greet(client);
      client.write(HELLO.substring(0, 7));
      client.end();
      client.awaitEnd();
    }
    for (int i = 0; i < RESETS; i++) {
      try (EngineClient client = connect(version)) {
        client.write(HELLO.substring(0, 7));
        client.reset();
      }
    }
    assertEquals(1, askNode(settings(Listener.CONTEXT, Tls.knownClient(new Handshakes()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void endsWithItsClients(String version) throws Exception {
    try (EngineClient client = connect(version)) {
      greet(client);
      client.closeNotify();
      client.awaitEnd();
    }
  }

  /** A socket of ours throws if close_notify is missing. */
  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void itsClientsEndInOrder(String version) throws Exception {
    SSLContext server = Tls.serverBuilder(atServer).protocols(List.of(version)).build();
    try (SSLServerSocket listener =
            (SSLServerSocket)
                server
                    .getServerSocketFactory()
                    .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SSLContext client = Tls.client(new Handshakes());
      Admin admin = Admin.create(settings(listener.getLocalPort(), client));
      Future<Integer> last = threads.submit(() -> readToTheEnd(listener, admin));
      assertEquals(-1, last.get());
    }
  }

  /** The last of all, since no test after it has a broker. */
  @Test
  @Order(Integer.MAX_VALUE)
  void endsInOrder() throws Exception {
    try (EngineClient newer = connect(Tls.V13);
        EngineClient older = connect(Tls.V12)) {
      greet(newer);
      greet(older);
      broker().stop();
      started = null;
      assertEquals(-1, newer.read(new byte[1]));
      assertEquals(-1, older.read(new byte[1]));
    }
    results.put(Column.ORDERLY, "close_notify");
  }

  private static int readToTheEnd(SSLServerSocket listener, Admin admin) throws IOException {
    try (Socket client = listener.accept()) {
      InputStream in = client.getInputStream();
      byte[] request = new byte[1 << 12];
      assertTrue(in.read(request) > 0);
      admin.close(Duration.ZERO);
      return in.read(request);
    }
  }

  private static void greet(EngineClient client) throws IOException {
    client.write(HELLO);
    assertTrue(client.read(new byte[1 << 12]) > 0);
  }

  private EngineClient connect(String version) throws IOException {
    return EngineClient.connect(
        Tls.knownClient(new Handshakes()), broker().port(Listener.CONTEXT), version);
  }

  /** How many nodes there are: over two connections, the first of which tells where the node is. */
  private static int askNode(Map<String, Object> settings) throws Exception {
    try (Admin admin = Admin.create(settings)) {
      return admin.describeCluster().nodes().get().size();
    }
  }

  private static TopicPartition topic(String name, Map<String, Object> settings) throws Exception {
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
      return new TopicPartition(name, 0);
    }
  }

  private static void produce(TopicPartition topic, Map<String, Object> settings) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    try (var producer = producer(settings)) {
      for (int i = 0; i < Content.BLOCKS; i++) {
        sent.add(producer.send(record(topic)));
      }
    }
    for (Future<?> each : sent) {
      assertNotNull(each.get());
    }
  }

  private static Content.Sum consume(TopicPartition topic, Map<String, Object> settings) {
    Content.Summing summing = new Content.Summing();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(topic));
      consumer.seekToBeginning(List.of(topic));
      while (summing.sum().length() < Content.LENGTH) {
        var records = consumer.poll(Duration.ofMillis(EngineClient.PATIENCE_MILLIS));
        assertFalse(records.isEmpty(), "The broker sends nothing more");
        for (ConsumerRecord<byte[], byte[]> each : records) {
          summing.write(each.value(), 0, each.value().length);
        }
      }
    }
    return summing.sum();
  }

  private static ProducerRecord<byte[], byte[]> record(TopicPartition topic) {
    return new ProducerRecord<>(topic.topic(), topic.partition(), null, Content.block());
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> settings(Listener listener, SSLContext context) {
    return settings(broker().port(listener), context);
  }

  private static Map<String, Object> settings(int port, SSLContext context) {
    Map<String, Object> settings = settings(port);
    settings.put("ssl.engine.factory.class", KafkaEngines.class);
    settings.put(KafkaEngines.CLIENT, context);
    return settings;
  }

  private static Map<String, Object> settings(int port) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", "localhost:" + port);
    settings.put("security.protocol", "SSL");
    settings.put("request.timeout.ms", EngineClient.PATIENCE_MILLIS);
    settings.put("default.api.timeout.ms", 2 * EngineClient.PATIENCE_MILLIS);
    settings.put("reconnect.backoff.ms", "0");
    settings.put("enable.metrics.push", "false");
    return settings;
  }

  private static SSLContext knownClient(Handshakes atClient, String version) {
    return Tls.clientBuilder(atClient)
        .keyManager((X509KeyManager) Tls.CLIENT.keyManagers()[0])
        .protocols(List.of(version))
        .build();
  }

  private static Map<String, String> stores(TestIdentity identity, Path directory)
      throws IOException {
    TestIdentity.PemFiles files = identity.writePem(directory, "identity");
    Path root = TestCertificates.authority().writePem(directory);
    return Map.of(
        "ssl.keystore.type",
        "PEM",
        "ssl.keystore.certificate.chain",
        Files.readString(files.chain()),
        "ssl.keystore.key",
        Files.readString(files.key()),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.certificates",
        Files.readString(root));
  }

  private KafkaBroker broker() {
    return Objects.requireNonNull(started);
  }
}
