/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a listener hears of handshakes. */
class HandshakeListenerTest {
  private final List<HandshakeEvent> events = new ArrayList<>();
  private final FakeClock clock = FakeClock.create();

  static Stream<Case> bothOurs() {
    return Contexts.cases().filter(each -> each.ends() == Ends.BOTH_OURS);
  }

  private SSLContext server() {
    return Contexts.ourServer(Contexts.SERVER).clock(clock).listener(events::add).build();
  }

  private static ProtocolVersion version(Case each) {
    return each.version().equals(Contexts.TLS13) ? ProtocolVersion.TLS13 : ProtocolVersion.TLS12;
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void hearsOfEachHandshakeOnce(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = server();
    EnginePair pair = each.pair(client, server);
    pair.over((_, bytes) -> {
      clock.advance(Duration.ofMillis(5));
      return bytes;
    });
    pair.handshake().close(Side.CLIENT);
    assertEquals(1, events.size());
    HandshakeEvent full = events.getFirst();
    assertTrue(full.isSuccess());
    assertSame(pair.server().getSession(), full.session());
    assertEquals(version(each), full.version());
    assertEquals(
        MissReason.NOT_OFFERED,
        assertInstanceOf(ResumptionOutcome.Full.class, full.outcome()).reason());
    assertNull(full.alert());
    assertTrue(full.duration().compareTo(Duration.ofMillis(10)) >= 0, full::toString);
    each.pair(client, server).handshake();
    assertEquals(2, events.size());
    assertInstanceOf(ResumptionOutcome.Resumed.class, events.getLast().outcome());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void hearsOfFailuresOfOurOwn(Case each) {
    EnginePair pair = each.pair(each.client(), server());
    Contexts.configure(
        pair.client(), parameters -> parameters.setApplicationProtocols(new String[] {"a"}));
    Contexts.configure(
        pair.server(), parameters -> parameters.setApplicationProtocols(new String[] {"b"}));
    assertThrows(SSLException.class, pair::handshake);
    assertEquals(1, events.size());
    HandshakeEvent event = events.getFirst();
    assertFalse(event.isSuccess());
    assertEquals(AlertDescription.NO_APPLICATION_PROTOCOL, event.alert());
    assertNull(event.session());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void hearsOfFailuresOfThePeer(Case each) throws Exception {
    EnginePair pair = EnginePair.between(each.client(), server(), "other.example");
    pair.client().setEnabledProtocols(new String[] {each.version()});
    Contexts.configure(
        pair.client(), parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
    assertThrows(SSLException.class, pair::handshake);
    assertEquals(1, events.size());
    HandshakeEvent event = events.getFirst();
    assertEquals(AlertDescription.CERTIFICATE_UNKNOWN, event.alert());
    assertEquals(version(each), event.version());
    assertInstanceOf(ResumptionOutcome.Full.class, event.outcome());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void hearsOfConnectionsThatAreCutOff(Case each) throws Exception {
    EnginePair pair = each.pair(each.client(), server());
    Duplex duplex = new Duplex(pair);
    duplex.step(Side.SERVER);
    duplex.engine(Side.CLIENT).beginHandshake();
    duplex.step(Side.CLIENT);
    duplex.step(Side.SERVER);
    assertThrows(SSLException.class, () -> pair.server().closeInbound());
    assertEquals(1, events.size());
    assertFalse(events.getFirst().isSuccess());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void hearsOfFailuresAfterTheHandshakeNothing(Case each) throws Exception {
    Duplex duplex = new Duplex(each.pair(each.client(), server())).handshake();
    java.nio.ByteBuffer garbage = java.nio.ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 20});
    java.nio.ByteBuffer record = java.nio.ByteBuffer.allocate(25).put(garbage).clear();
    assertThrows(
        SSLException.class,
        () -> duplex.engine(Side.SERVER).unwrap(record, java.nio.ByteBuffer.allocate(100)));
    assertEquals(1, events.size());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void doesNoHarmIfItThrows(Case each) throws Exception {
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .listener(_ -> {
              throw new IllegalStateException("a bug of the listener's");
            })
            .build();
    List<Throwable> uncaught = new ArrayList<>();
    Thread driver =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, failure) -> uncaught.add(failure))
            .start(() -> {
              try {
                each.pair(each.client(), server).handshake();
              } catch (SSLException e) {
                throw new AssertionError(e);
              }
            });
    driver.join();
    assertEquals(1, uncaught.size());
    assertEquals("a bug of the listener's", uncaught.getFirst().getMessage());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void hearsOfClients(Case each) throws Exception {
    SSLContext client = Contexts.ourClient().listener(events::add).build();
    EnginePair pair = each.pair(client, each.server()).handshake();
    assertEquals(1, events.size());
    assertSame(pair.client().getSession(), events.getFirst().session());
    EnginePair refused = EnginePair.between(client, each.server(), "other.example");
    Contexts.configure(
        refused.client(), parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
    assertThrows(SSLException.class, refused::handshake);
    assertEquals(2, events.size());
    assertEquals(AlertDescription.CERTIFICATE_UNKNOWN, events.getLast().alert());
  }
}
