/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ImmediateExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Under Netty's SslHandler, which asks more of an engine than most. */
class NettyTest {
  // Not channels in memory: those lose a flush that is made while they flush.
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  /** Where delegated tasks run: at once, or elsewhere. */
  enum Tasks {
    INLINE(ImmediateExecutor.INSTANCE),
    ELSEWHERE(task -> Thread.ofVirtual().start(task));

    @SuppressWarnings("ImmutableEnumChecker") // Neither of them has state.
    private final Executor executor;

    Tasks(Executor executor) {
      this.executor = executor;
    }
  }

  @AfterAll
  static void end() {
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static Stream<Arguments> casesAndTasks() {
    return Contexts.cases()
        .flatMap(each -> Stream.of(Tasks.values()).map(tasks -> Arguments.of(each, tasks)));
  }

  static Stream<Arguments> ourServerAndTasks() {
    return Contexts.casesWithOurServer()
        .flatMap(each -> Stream.of(Tasks.values()).map(tasks -> Arguments.of(each, tasks)));
  }

  static Stream<Arguments> ourClientAndTasks() {
    return Contexts.casesWithOurClient()
        .flatMap(each -> Stream.of(Tasks.values()).map(tasks -> Arguments.of(each, tasks)));
  }

  /** A connection, and what became of each side's handshake. */
  private record Connection(
      Channel client,
      CompletableFuture<SSLEngine> clientDone,
      CompletableFuture<SSLEngine> serverDone,
      CompletableFuture<byte[]> echoed,
      Channel listener) {
    void close() {
      client.close().syncUninterruptibly();
      listener.close().syncUninterruptibly();
    }
  }

  private static Connection connect(
      Case each, SSLContext client, SSLContext server, Tasks tasks, byte[] data) throws Exception {
    CompletableFuture<SSLEngine> clientDone = new CompletableFuture<>();
    CompletableFuture<SSLEngine> serverDone = new CompletableFuture<>();
    CompletableFuture<byte[]> echoed = new CompletableFuture<>();
    Channel listener =
        new ServerBootstrap()
            .group(LOOPS)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer(serverEngine(server), tasks, serverDone, new Echo()))
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    Channel channel =
        new Bootstrap()
            .group(LOOPS)
            .channel(NioSocketChannel.class)
            .handler(
                initializer(
                    clientEngine(client, each), tasks, clientDone, new Gather(data, echoed)))
            .connect(listener.localAddress())
            .sync()
            .channel();
    return new Connection(channel, clientDone, serverDone, echoed, listener);
  }

  private static SSLEngine clientEngine(SSLContext context, Case each) {
    SSLEngine engine = context.createSSLEngine(Contexts.HOST, 443);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {each.version()});
    return engine;
  }

  private static SSLEngine serverEngine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    return engine;
  }

  private static ChannelInitializer<Channel> initializer(
      SSLEngine engine,
      Tasks tasks,
      CompletableFuture<SSLEngine> done,
      ChannelInboundHandlerAdapter last) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(new SslHandler(engine, tasks.executor), new Watch(engine, done), last);
      }
    };
  }

  /** Tells how the handshake ended. */
  private static final class Watch extends ChannelInboundHandlerAdapter {
    private final SSLEngine engine;
    private final CompletableFuture<SSLEngine> done;

    Watch(SSLEngine engine, CompletableFuture<SSLEngine> done) {
      this.engine = engine;
      this.done = done;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent end) {
        if (end.isSuccess()) {
          done.complete(engine);
        } else {
          done.completeExceptionally(end.cause());
        }
      }
      if (event instanceof SslCloseCompletionEvent end && end.isSuccess()) {
        var _ = context.close();
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      done.completeExceptionally(cause);
      context.fireExceptionCaught(cause);
    }
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var _ = context.writeAndFlush(message);
    }
  }

  private static final class Gather extends SimpleChannelInboundHandler<ByteBuf> {
    private final byte[] sent;
    private final CompletableFuture<byte[]> echoed;
    private final ByteBuf received = Unpooled.buffer();

    Gather(byte[] sent, CompletableFuture<byte[]> echoed) {
      this.sent = sent;
      this.echoed = echoed;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      var _ = context.writeAndFlush(Unpooled.wrappedBuffer(sent));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      echoed.completeExceptionally(cause);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf part) {
      received.writeBytes(part);
      if (received.readableBytes() >= sent.length) {
        echoed.complete(received.array().clone());
      }
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  private static SSLException failure(CompletableFuture<?> future) {
    ExecutionException wrapped =
        Assertions.assertThrows(ExecutionException.class, () -> get(future));
    return assertInstanceOf(SSLException.class, wrapped.getCause());
  }

  @ParameterizedTest
  @MethodSource("casesAndTasks")
  void echoesAMegabyte(Case each, Tasks tasks) throws Exception {
    byte[] data = new byte[1 << 20];
    SeededRandom.of(3).nextBytes(data);
    SSLContext client = each.client();
    SSLContext server = each.server();
    Connection connection = connect(each, client, server, tasks, data);
    get(connection.clientDone());
    get(connection.serverDone());
    byte[] echoed = get(connection.echoed());
    assertArrayEquals(data, Arrays.copyOf(echoed, data.length));
    connection.close();
  }

  @ParameterizedTest
  @MethodSource("ourServerAndTasks")
  void resumes(Case each, Tasks tasks) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    for (int i = 0; i < 3; i++) {
      Connection connection = connect(each, client, server, tasks, new byte[10]);
      // The ticket is there once something came after it.
      get(connection.echoed());
      SSLEngine engine = get(connection.serverDone());
      if (i > 0) {
        assertEquals(Mechanism.TICKET, Observed.mechanism(engine));
      }
      connection.close();
    }
  }

  /** The tickets wait for a store, in a task that comes after the handshake is finished. */
  @ParameterizedTest
  @EnumSource
  void sendsTicketsThatHadToWait(Tasks tasks) throws Exception {
    Case each = new Case(Contexts.Ends.BOTH_OURS, Contexts.TLS13);
    InstantSource clock = InstantSource.system();
    MemorySessionStore memory = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .withoutTickets()
            .sessionStore(new LateStore(memory))
            .build();
    Arrivals arrivals = new Arrivals(new MemoryClientSessionStore(clock));
    SSLContext client = Contexts.ourClient().sessionStore(arrivals).build();
    Connection first = connect(each, client, server, tasks, new byte[10]);
    get(first.echoed());
    get(arrivals.first());
    first.close();
    Connection second = connect(each, client, server, tasks, new byte[10]);
    get(second.echoed());
    assertEquals(Mechanism.STATEFUL_TICKET, Observed.mechanism(get(second.serverDone())));
    second.close();
  }

  /** Tells when the first session is there. */
  private record Arrivals(ClientSessionStore other, CompletableFuture<Void> first)
      implements ClientSessionStore {
    Arrivals(ClientSessionStore other) {
      this(other, new CompletableFuture<>());
    }

    @Override
    public void put(ClientSessionKey key, ClientSession session) {
      other.put(key, session);
      first.complete(null);
    }

    @Override
    public @Nullable ClientSession take(ClientSessionKey key) {
      return other.take(key);
    }

    @Override
    public void remove(ClientSessionKey key, ClientSession session) {
      other.remove(key, session);
    }

    @Override
    public void removeAll(ClientSessionKey key) {
      other.removeAll(key);
    }
  }

  @ParameterizedTest
  @MethodSource("ourServerAndTasks")
  void tellsTheClientThatATaskFailed(Case each, Tasks tasks) throws Exception {
    SSLContext server =
        Reprise.server()
            .keyManager(
                new OneAlias(
                    Contexts.keyManager(Contexts.SERVER),
                    _ -> {
                      throw new IllegalStateException("the key store is away");
                    }))
            .build();
    Connection connection = connect(each, each.client(), server, tasks, new byte[10]);
    SSLException atServer = failure(connection.serverDone());
    assertTrue(Observed.message(atServer).startsWith("(internal_error)"), atServer::toString);
    String heard = Observed.message(failure(connection.clientDone()));
    assertTrue(heard.contains("Received fatal alert: internal_error"), heard);
    connection.close();
  }

  @ParameterizedTest
  @MethodSource("ourClientAndTasks")
  void tellsTheServerThatItIsNotTrusted(Case each, Tasks tasks) throws Exception {
    TestIdentity stranger =
        TestCertificates.otherAuthority()
            .issue(LeafRequest.server(KeyKind.ECDSA_P256, Contexts.HOST));
    SSLContext server =
        each.ends().ourServer ? Contexts.ourServer(stranger).build() : Contexts.sun(stranger);
    Connection connection = connect(each, each.client(), server, tasks, new byte[10]);
    SSLException atClient = failure(connection.clientDone());
    assertInstanceOf(java.security.cert.CertificateException.class, atClient.getCause());
    String heard = Observed.message(failure(connection.serverDone()));
    assertTrue(heard.contains("Received fatal alert: certificate_unknown"), heard);
    connection.close();
  }

  @ParameterizedTest
  @MethodSource("ourServerAndTasks")
  void tellsTheClientThatItIsNotTrusted(Case each, Tasks tasks) throws Exception {
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .clientAuthentication(
                ClientAuthentication.NEED,
                Contexts.trustManager(TestCertificates.otherAuthority().trustManagers()))
            .build();
    OneAlias shows = new OneAlias(Contexts.keyManager(Contexts.CLIENT), _ -> {});
    Connection connection = connect(each, each.client(shows), server, tasks, new byte[10]);
    SSLException atServer = failure(connection.serverDone());
    assertInstanceOf(java.security.cert.CertificateException.class, atServer.getCause());
    if (each.version().equals(Contexts.TLS12)) {
      String heard = Observed.message(failure(connection.clientDone()));
      assertTrue(heard.contains("Received fatal alert: certificate_unknown"), heard);
    }
    connection.close();
  }

  @ParameterizedTest
  @MethodSource("casesAndTasks")
  void closesInOrder(Case each, Tasks tasks) throws Exception {
    Connection connection = connect(each, each.client(), each.server(), tasks, new byte[10]);
    get(connection.echoed());
    SslHandler handler = connection.client().pipeline().get(SslHandler.class);
    handler.closeOutbound().sync();
    // In TLS 1.3 the server may go on sending, and closes because its handler wants it to.
    assertTrue(handler.sslCloseFuture().await(60, TimeUnit.SECONDS));
    assertTrue(handler.sslCloseFuture().isSuccess());
    assertTrue(get(connection.serverDone()).isInboundDone());
    connection.close();
  }
}
