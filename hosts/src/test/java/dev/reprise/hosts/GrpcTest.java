/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.hosts.Results.Column;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of gRPC, over the same HTTP/2 of Netty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcTest {
  private final Results results = new Results("GrpcTest");
  private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
  private @Nullable Server server;

  @AfterEach
  void stop() throws InterruptedException {
    Server running = server;
    if (running != null) {
      running.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  void write() throws IOException {
    results.put(Column.HOST, "gRPC-java " + Versions.of("grpc") + " (Netty)");
    results.put(Column.SIDE, "both");
    results.put(Column.HTTP2, "yes");
    results.write();
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void resumesOneAfterAnother(String version) throws Exception {
    Handshakes atServer = new Handshakes();
    Handshakes atClient = new Handshakes();
    int port = serve(Tls.serverBuilder(atServer).protocols(List.of(version)).build(), false);
    SslContext client = client(Tls.client(atClient));
    for (int i = 0; i < ServerHostTest.SEQUENTIAL; i++) {
      assertEquals("hello", ask(port, client, "hello"));
    }
    atClient.assertResumedAfterTheFirst(ServerHostTest.SEQUENTIAL);
    atServer.assertResumedAfterTheFirst(ServerHostTest.SEQUENTIAL);
    Column column = version.equals(Tls.V13) ? Column.TLS13 : Column.TLS12;
    results.put(column, atServer + " resumed");
  }

  @Test
  void resumesItsClientsOnTheJdk() throws Exception {
    Handshakes atServer = new Handshakes();
    int port = serve(Tls.server(atServer), false);
    SslContext sun = GrpcSslContexts.forClient().trustManager(Tls.trustManager()).build();
    for (int i = 0; i < 5; i++) {
      assertEquals("hello", ask(port, sun, "hello"));
    }
    atServer.assertResumedAfterTheFirst(5);
    results.put(Column.PEERS, "ours, SunJSSE");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void knowsItsClientsByTheirCertificates(String version) throws Exception {
    Handshakes atServer = new Handshakes();
    int port = serve(Tls.serverBuilder(atServer).protocols(List.of(version)).build(), true);
    SslContext known = client(Tls.knownClient(new Handshakes()));
    for (int i = 0; i < 3; i++) {
      assertEquals("CN=client.example", ask(port, known, "who"));
    }
    atServer.assertResumedAfterTheFirst(3);
    SslContext unknown = client(Tls.client(new Handshakes()));
    StatusRuntimeException refused =
        assertThrows(StatusRuntimeException.class, () -> ask(port, unknown, "who"));
    assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
    results.put(Column.MUTUAL, "yes, also resumed");
  }

  @Test
  void servesManyAtOnce() throws Exception {
    Handshakes atServer = new Handshakes();
    int port = serve(Tls.server(atServer), false);
    SslContext client = client(Tls.client(new Handshakes()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < ServerHostTest.PARALLEL; i++) {
        calls.add(() -> ask(port, client, "hello"));
      }
      for (Future<String> answer : threads.invokeAll(calls)) {
        assertEquals("hello", answer.get());
      }
    }
    assertEquals(ServerHostTest.PARALLEL, atServer.all());
    results.put(Column.PARALLEL, ServerHostTest.PARALLEL + " of " + ServerHostTest.PARALLEL);
  }

  @Test
  void transfersMuch() throws Exception {
    int port = serve(Tls.server(new Handshakes()), false);
    ManagedChannel channel = channel(port, client(Tls.client(new Handshakes())));
    Content.Summing summing = new Content.Summing();
    Iterator<byte[]> parts =
        ClientCalls.blockingServerStreamingCall(
            channel, GrpcAnswers.BYTES, CallOptions.DEFAULT, new byte[0]);
    while (parts.hasNext()) {
      byte[] part = parts.next();
      summing.write(part, 0, part.length);
    }
    assertEquals(Content.SUM, summing.sum());
    end(channel);
    results.put(Column.TRANSFER, "same checksum");
  }

  /** A server that goes says so, by GOAWAY and by close_notify, and its clients take it well. */
  @Test
  void endsInOrder() throws Exception {
    int port = serve(Tls.server(new Handshakes()), false);
    ManagedChannel channel = channel(port, client(Tls.client(new Handshakes())));
    assertEquals("hello", call(channel, "hello"));
    end(channel);
    try (EngineClient client = EngineClient.connect(http2Client(), port, Tls.V13)) {
      client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
      stop();
      byte[] part = new byte[1 << 14];
      int count = client.read(part);
      while (count >= 0) {
        count = client.read(part);
      }
    }
    results.put(Column.ORDERLY, "close_notify");
  }

  @Test
  void noticesThatThePeerIsGone() throws Exception {
    int port = serve(Tls.server(new Handshakes()), false);
    try (Relay relay = Relay.to(port)) {
      ManagedChannel channel = channel(relay.port(), client(Tls.client(new Handshakes())));
      ClientCall<byte[], byte[]> call = channel.newCall(GrpcAnswers.WAIT, CallOptions.DEFAULT);
      var answer = ClientCalls.futureUnaryCall(call, new byte[0]);
      assertEquals("called", cancelled.poll(30, TimeUnit.SECONDS));
      relay.cut();
      Exception lost = assertThrows(Exception.class, () -> answer.get(30, TimeUnit.SECONDS));
      assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(lost).getCode());
      assertEquals("cancelled", cancelled.poll(30, TimeUnit.SECONDS));
      end(channel);
    }
    results.put(Column.ABRUPT, "server: call cancelled; client: `" + Status.Code.UNAVAILABLE + "`");
  }

  private int serve(SSLContext context, boolean clientCertificates) throws IOException {
    ClientAuth clients = clientCertificates ? ClientAuth.REQUIRE : ClientAuth.NONE;
    // lines:
    SslContext tls =
        new JdkSslContext(
            context,
            false,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            NettyServer.alpn("h2"),
            clients,
            null,
            false);
    Server started =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(tls)
            .addService(GrpcAnswers.service(cancelled))
            .build()
            .start();
    // end
    server = started;
    return started.getPort();
  }

  private static SslContext client(SSLContext context) {
    return new JdkSslContext(
        context,
        true,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        NettyServer.alpn("h2"),
        ClientAuth.NONE,
        null,
        false);
  }

  private static SSLContext http2Client() {
    return Tls.clientBuilder(new Handshakes()).applicationProtocols(List.of("h2")).build();
  }

  private static ManagedChannel channel(int port, SslContext tls) throws SSLException {
    return NettyChannelBuilder.forAddress("localhost", port).sslContext(tls).build();
  }

  private static String ask(int port, SslContext tls, String question) throws Exception {
    ManagedChannel channel = channel(port, tls);
    try {
      return call(channel, question);
    } finally {
      end(channel);
    }
  }

  private static String call(ManagedChannel channel, String question) {
    return GrpcAnswers.text(
        ClientCalls.blockingUnaryCall(
            channel, GrpcAnswers.ASK, CallOptions.DEFAULT, GrpcAnswers.bytes(question)));
  }

  private static void end(ManagedChannel channel) throws InterruptedException {
    channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
  }
}
