/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.FreePorts;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BalancerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration DRAIN = Duration.ofSeconds(20);

  /** What a node does with one client. */
  private interface Service {
    void serve(Socket client) throws IOException;
  }

  @Test
  void sendsNoClientToTheSameNodeTwiceInARow() throws IOException {
    try (ServerSocket one = node(says("one"));
        ServerSocket two = node(says("two"));
        Balancer balancer = new Balancer(ANY_PORT, List.of(at(one), at(two)), DRAIN)) {
      String first = answer(balancer);
      String second = answer(balancer);
      assertEquals(List.of("one", "two"), List.of(first, second).stream().sorted().toList());
      assertEquals(first, answer(balancer));
      assertEquals(second, answer(balancer));
    }
  }

  @Test
  void carriesAllOfBothDirectionsThoughOneHasEndedBeforeTheOtherBegins() throws IOException {
    byte[] much = new byte[8 << 20];
    new Random(1).nextBytes(much);
    Service echo = client -> client.getOutputStream().write(client.getInputStream().readAllBytes());
    try (ServerSocket node = node(echo);
        Balancer balancer = new Balancer(ANY_PORT, List.of(at(node)), DRAIN);
        Socket client = connect(balancer)) {
      client.getOutputStream().write(much);
      client.shutdownOutput();
      assertArrayEquals(much, client.getInputStream().readAllBytes());
    }
  }

  @Test
  void triesTheNextNodeWhereOneTakesNobody() throws IOException {
    Target gone = new Target();
    gone.enter(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()), false);
    try (ServerSocket node = node(says("here"));
        Balancer balancer = new Balancer(ANY_PORT, List.of(gone, at(node)), DRAIN)) {
      for (int i = 0; i < 4; i++) {
        assertEquals("here", answer(balancer));
      }
      assertEquals(0, gone.open());
    }
  }

  @Test
  void hangsUpWhereThereIsNoNode() throws IOException {
    try (Balancer balancer = new Balancer(ANY_PORT, List.of(new Target()), DRAIN)) {
      assertEquals("", answer(balancer));
    }
  }

  @Test
  void aNodeThatBreaksOffEndsItsClientsConnection() throws IOException {
    Service breakingOff = client -> client.setSoLinger(true, 0);
    try (ServerSocket node = node(breakingOff);
        Balancer balancer = new Balancer(ANY_PORT, List.of(at(node)), DRAIN)) {
      assertEquals("", answer(balancer));
    }
  }

  @Test
  void aClientThatBreaksOffEndsTheNodesConnection() throws Exception {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Service waiting =
        client -> {
          client.getOutputStream().write(1);
          try {
            ended.complete(client.getInputStream().read() == -1);
          } catch (SocketException _) {
            ended.complete(true);
          }
        };
    try (ServerSocket node = node(waiting);
        Balancer balancer = new Balancer(ANY_PORT, List.of(at(node)), DRAIN)) {
      try (Socket client = connect(balancer)) {
        assertEquals(1, client.getInputStream().read());
        client.setSoLinger(true, 0);
      }
      assertTrue(ended.get());
    }
  }

  @Test
  void aDrainWaitsForThoseThatAreThereAndLetsNobodyIn() throws Exception {
    Service untilItsEnd =
        client -> {
          client.getOutputStream().write(1);
          long _ = client.getInputStream().skip(Long.MAX_VALUE);
        };
    try (ServerSocket node = node(untilItsEnd)) {
      Target target = at(node);
      try (Balancer balancer = new Balancer(ANY_PORT, List.of(target), DRAIN)) {
        CompletableFuture<Void> drained;
        try (Socket client = connect(balancer)) {
          assertEquals(1, client.getInputStream().read());
          target.leave();
          assertEquals("", answer(balancer));
          drained = CompletableFuture.runAsync(() -> drain(balancer, target));
          assertFalse(drained.isDone());
          assertEquals(1, target.open());
        }
        drained.get(DRAIN.toSeconds() / 2, TimeUnit.SECONDS);
        assertEquals(0, target.open());
      }
    }
  }

  @Test
  void aPortInUseIsSaid() throws IOException {
    try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress taken = (InetSocketAddress) there.getLocalSocketAddress();
      IOException e =
          assertThrows(
              IOException.class, () -> new Balancer(taken, List.of(new Target()), DRAIN).close());
      assertInstanceOf(BindException.class, e.getCause());
    }
  }

  private static void drain(Balancer balancer, Target target) {
    try {
      balancer.drain(target);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Service says(String name) {
    return client -> client.getOutputStream().write(name.getBytes(US_ASCII));
  }

  private static ServerSocket node(Service service) throws IOException {
    ServerSocket node = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(node, service));
    return node;
  }

  private static void accept(ServerSocket node, Service service) {
    while (!node.isClosed()) {
      try (Socket client = node.accept()) {
        service.serve(client);
      } catch (IOException _) {
        // The test is over, or it has its client break off.
      }
    }
  }

  private static Target at(ServerSocket node) {
    Target target = new Target();
    target.enter((InetSocketAddress) node.getLocalSocketAddress(), false);
    return target;
  }

  private static Socket connect(Balancer balancer) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), balancer.port());
  }

  private static String answer(Balancer balancer) throws IOException {
    try (Socket client = connect(balancer)) {
      return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
