/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Delegated tasks: when they come, where they run, and what becomes of one that fails. */
class TaskTest {
  static Stream<Case> withOurServer() {
    return Contexts.casesWithOurServer();
  }

  private static SSLContext asking(Consumer<SSLEngine> first) {
    return Reprise.server()
        .keyManager(new OneAlias(Contexts.keyManager(Contexts.SERVER), first))
        .build();
  }

  private static SSLContext failing() {
    return asking(_ -> {
      throw new IllegalStateException("the key store is away");
    });
  }

  /** Up to the server's first task. */
  private static Duplex waiting(Case each, SSLContext server) throws Exception {
    Duplex duplex = new Duplex(each.pair(each.client(), server));
    duplex.engine(Side.CLIENT).beginHandshake();
    duplex.engine(Side.SERVER).beginHandshake();
    while (duplex.engine(Side.SERVER).getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
      if (!duplex.step(Side.CLIENT)) {
        duplex.step(Side.SERVER);
      }
    }
    return duplex;
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void givesTheAlertAwayBeforeItThrows(Case each) throws Exception {
    Duplex duplex = waiting(each, failing());
    SSLEngine server = duplex.engine(Side.SERVER);
    duplex.runTask(Side.SERVER);
    assertEquals(HandshakeStatus.NEED_WRAP, server.getHandshakeStatus());
    SSLEngineResult alert = duplex.wrap(Side.SERVER, ByteBuffer.allocate(0));
    assertEquals(Status.OK, alert.getStatus());
    assertEquals(HandshakeStatus.NEED_WRAP, alert.getHandshakeStatus());
    assertTrue(alert.bytesProduced() > 0);
    SSLException failure =
        assertThrows(SSLException.class, () -> duplex.wrap(Side.SERVER, ByteBuffer.allocate(0)));
    assertTrue(Observed.message(failure).startsWith("(internal_error)"), failure::toString);
    assertEquals("the key store is away", Observed.message(cause(failure)));
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, server.getHandshakeStatus());
    assertEquals(Status.CLOSED, duplex.wrap(Side.SERVER, ByteBuffer.allocate(0)).getStatus());
    assertEquals(Status.CLOSED, duplex.unwrap(Side.SERVER, ByteBuffer.allocate(0)).getStatus());
    SSLException heard = assertThrows(SSLException.class, () -> duplex.step(Side.CLIENT));
    assertTrue(Observed.message(heard).contains("internal_error"), heard::toString);
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    assertNotNull(cause);
    return java.util.Objects.requireNonNull(cause);
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void throwsFromUnwrapAtOnceAndKeepsTheAlert(Case each) throws Exception {
    Duplex duplex = waiting(each, failing());
    duplex.runTask(Side.SERVER);
    assertThrows(SSLException.class, () -> duplex.unwrap(Side.SERVER, ByteBuffer.allocate(0)));
    assertEquals(HandshakeStatus.NEED_WRAP, duplex.engine(Side.SERVER).getHandshakeStatus());
    SSLEngineResult alert = duplex.wrap(Side.SERVER, ByteBuffer.allocate(0));
    assertEquals(Status.CLOSED, alert.getStatus());
    assertTrue(alert.bytesProduced() > 0);
    assertThrows(SSLException.class, () -> duplex.step(Side.CLIENT));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void survivesATaskThatDies(Case each) throws Exception {
    SSLContext server =
        asking(_ -> {
          throw new LinkageError("a class is missing");
        });
    Duplex duplex = waiting(each, server);
    assertTrue(duplex.runTask(Side.SERVER));
    duplex.wrap(Side.SERVER, ByteBuffer.allocate(0));
    SSLException failure = assertThrows(SSLException.class, () -> duplex.step(Side.SERVER));
    assertEquals("a class is missing", Observed.message(cause(failure)));
    SSLException heard = assertThrows(SSLException.class, duplex::settle);
    assertTrue(Observed.message(heard).contains("internal_error"), heard::toString);
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void runsEachTaskOnce(Case each) throws Exception {
    Duplex duplex = waiting(each, asking(_ -> {}));
    Runnable task = duplex.engine(Side.SERVER).getDelegatedTask();
    task.run();
    task.run();
    duplex.settle();
    assertEquals(1, duplex.count(Side.SERVER, HandshakeStatus.FINISHED));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesAllItsWorkInOneTask(Case each) throws Exception {
    Duplex duplex = waiting(each, asking(_ -> {}));
    assertTrue(duplex.runTask(Side.SERVER));
    assertEquals(HandshakeStatus.NEED_WRAP, duplex.engine(Side.SERVER).getHandshakeStatus());
    assertNull(duplex.engine(Side.SERVER).getDelegatedTask());
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void holdsNoLockWhileATaskRuns(Case each) throws Exception {
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    CompletableFuture<SSLSession> running = new CompletableFuture<>();
    SSLContext server =
        asking(engine -> {
          running.complete(engine.getHandshakeSession());
          goOn.join();
        });
    Duplex duplex = waiting(each, server);
    Runnable task = duplex.engine(Side.SERVER).getDelegatedTask();
    CompletableFuture<Void> done = CompletableFuture.runAsync(task);
    SSLSession session = running.get(60, TimeUnit.SECONDS);
    assertEquals(each.version(), session.getProtocol());
    assertEquals(HandshakeStatus.NEED_TASK, duplex.engine(Side.SERVER).getHandshakeStatus());
    assertEquals(
        HandshakeStatus.NEED_TASK,
        duplex.wrap(Side.SERVER, ByteBuffer.allocate(0)).getHandshakeStatus());
    assertNull(duplex.engine(Side.SERVER).getDelegatedTask());
    goOn.complete(null);
    done.get(60, TimeUnit.SECONDS);
    duplex.settle();
    assertEquals(1, duplex.count(Side.SERVER, HandshakeStatus.FINISHED));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void showsManagersTheHandshakeSession(Case each) throws Exception {
    SSLContext server =
        asking(engine -> {
          SSLSession session = engine.getHandshakeSession();
          assertSame(each.version(), each.version());
          assertEquals(each.version(), session.getProtocol());
          assertEquals("SSL_NULL_WITH_NULL_NULL", engine.getSession().getCipherSuite());
          assertThrows(
              javax.net.ssl.SSLPeerUnverifiedException.class, session::getPeerCertificates);
        });
    EnginePair pair = each.pair(each.client(), server);
    assertNull(pair.server().getHandshakeSession());
    pair.handshake();
    assertNull(pair.server().getHandshakeSession());
  }

  @Test
  void hasNoTaskBeforeItBegins() {
    EnginePair pair = new Case(Ends.BOTH_OURS, Contexts.TLS13).pair();
    assertNull(pair.client().getDelegatedTask());
    assertNull(pair.server().getDelegatedTask());
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void movesDataWithSeveralThreads(Case each) throws Exception {
    EnginePair pair = each.pair().handshake();
    Duplex duplex = new Duplex(pair);
    byte[] data = new byte[2000];
    // Both directions of one engine at a time, as full-duplex programs do.
    CompletableFuture<byte[]> sent = new CompletableFuture<>();
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ByteBuffer network = ByteBuffer.allocate(1_000_000);
                for (int i = 0; i < 200; i++) {
                  pair.server().wrap(ByteBuffer.wrap(data), network);
                }
                byte[] bytes = new byte[network.flip().remaining()];
                network.get(bytes);
                sent.complete(bytes);
              } catch (SSLException e) {
                sent.completeExceptionally(e);
              }
            });
    ByteBuffer out = ByteBuffer.allocate(3000);
    for (int i = 0; i < 200; i++) {
      duplex.wrap(Side.CLIENT, ByteBuffer.wrap(data));
      assertEquals(2000, duplex.unwrap(Side.SERVER, out.clear()).bytesProduced());
    }
    sender.join();
    ByteBuffer network = ByteBuffer.wrap(sent.get());
    ByteBuffer all = ByteBuffer.allocate(500_000);
    while (network.hasRemaining()) {
      assertEquals(Status.OK, pair.client().unwrap(network, all).getStatus());
    }
    assertEquals(400_000, all.position());
    assertArrayEquals(new byte[400_000], java.util.Arrays.copyOf(all.array(), 400_000));
    assertFalse(pair.client().isInboundDone());
  }
}
