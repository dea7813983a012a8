/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Flight;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.Side;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer or a network that does harm gets an SSLException, and nothing else. */
class DamageTest {
  /** Headers are looked at byte by byte, the long rest by samples. */
  private static final int CLOSELY = 48;

  private static final int STRIDE = 61;

  static Stream<Arguments> casesResumedOrNot() {
    return Contexts.cases()
        .filter(each -> each.ends() == Ends.BOTH_OURS)
        .flatMap(each -> Stream.of(Arguments.of(each, false), Arguments.of(each, true)));
  }

  static Stream<Case> bothOurs() {
    return Contexts.cases().filter(each -> each.ends() == Ends.BOTH_OURS);
  }

  private static SSLContext server() {
    return Contexts.ourServer(Contexts.SERVER)
        .clientAuthentication(ClientAuthentication.WANT, Contexts.trustManager())
        .build();
  }

  /** One byte of all that a handshake sends, as the place for some damage. */
  private record Place(Side from, int at) {}

  private static List<Place> places(EnginePair whole) {
    List<Place> places = new ArrayList<>();
    for (Side side : Side.values()) {
      int sent =
          whole.flights().stream()
              .filter(flight -> flight.from() == side)
              .mapToInt(Flight::length)
              .sum();
      IntStream.range(0, sent)
          .filter(at -> at < CLOSELY || at % STRIDE == 0)
          .forEach(at -> places.add(new Place(side, at)));
    }
    return places;
  }

  /** What one side sends, damaged once. */
  private static EnginePair.Wire damaging(Place place, int flip) {
    int[] passed = {0};
    return (from, bytes) -> {
      if (from != place.from()) {
        return bytes;
      }
      int at = place.at() - passed[0];
      passed[0] += bytes.length;
      if (at < 0 || at >= bytes.length) {
        return bytes;
      }
      byte[] damaged = bytes.clone();
      damaged[at] = (byte) (damaged[at] ^ flip);
      return damaged;
    };
  }

  /** Whether both sides believe in the handshake. */
  private static boolean survives(EnginePair pair) {
    try {
      pair.handshake();
      pair.send(Side.CLIENT, new byte[3]);
      pair.send(Side.SERVER, new byte[3]);
      return true;
    } catch (SSLException _) {
      return false;
    } catch (AssertionError stalled) {
      // A length that is too large: more bytes are waited for, until somebody hangs up.
      for (SSLEngine engine : new SSLEngine[] {pair.client(), pair.server()}) {
        hangUp(engine);
      }
      return false;
    }
  }

  private static void hangUp(SSLEngine engine) {
    try {
      engine.closeInbound();
    } catch (SSLException _) {
      assertTrue(engine.isInboundDone());
    }
  }

  @ParameterizedTest
  @MethodSource("casesResumedOrNot")
  void survivesNoFlippedBit(Case each, boolean resumed) throws Exception {
    SSLContext client = each.client(Contexts.CLIENT);
    SSLContext server = server();
    Random random = new Random(1);
    EnginePair whole = each.pair(client, server).handshake();
    if (resumed) {
      whole = each.pair(client, server).handshake();
    }
    List<Place> survived = new ArrayList<>();
    for (Place place : places(whole)) {
      if (resumed) {
        each.pair(client, server).handshake();
      }
      SSLContext with = resumed ? client : each.client(Contexts.CLIENT);
      int flip = 1 << random.nextInt(8);
      if (survives(each.pair(with, server).over(damaging(place, flip)))) {
        survived.add(place);
      }
    }
    // RFC 8446, Section 5.1: the version of a record "MUST be ignored for all purposes".
    List<Place> versions = minorVersions(whole);
    assertTrue(versions.containsAll(survived), () -> "unnoticed: " + survived);
  }

  private static List<Place> minorVersions(EnginePair whole) {
    List<Place> places = new ArrayList<>();
    for (Side side : Side.values()) {
      int start = 0;
      for (Flight flight : whole.flights()) {
        if (flight.from() == side) {
          ByteBuffer rest = ByteBuffer.wrap(flight.bytes());
          for (int at = 0; at < flight.length(); at += 5 + rest.getShort(at + 3)) {
            places.add(new Place(side, start + at + 2));
          }
          start += flight.length();
        }
      }
    }
    return places;
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void endsAHandshakeAtAnyGarbage(Case each) throws Exception {
    SSLContext server = server();
    Random random = new Random(2);
    int most = steps(each, server);
    for (int stop = 0; stop < most; stop++) {
      for (Side side : Side.values()) {
        for (int kind = 18; kind <= 24; kind++) {
          Duplex duplex = stoppedAfter(stop, each, server);
          feed(duplex.engine(side), garbage(random, kind));
        }
      }
    }
  }

  private static int steps(Case each, SSLContext server) throws Exception {
    return new Duplex(each.pair(each.client(Contexts.CLIENT), server)).handshake().steps().size();
  }

  private static Duplex stoppedAfter(int stop, Case each, SSLContext server) throws Exception {
    Duplex duplex = new Duplex(each.pair(each.client(Contexts.CLIENT), server));
    duplex.engine(Side.CLIENT).beginHandshake();
    duplex.engine(Side.SERVER).beginHandshake();
    while (duplex.steps().size() < stop
        && (duplex.step(Side.CLIENT) || duplex.step(Side.SERVER))) {}
    return duplex;
  }

  /** A record of the kind, whose length is right, and whose content nobody made. */
  private static byte[] garbage(Random random, int kind) {
    byte[] record = new byte[5 + 1 + random.nextInt(60)];
    random.nextBytes(record);
    record[0] = (byte) kind;
    record[1] = 3;
    record[2] = 3;
    record[3] = 0;
    record[4] = (byte) (record.length - 5);
    return record;
  }

  /** Until it takes nothing more, whatever it asks for meanwhile. */
  private static void feed(SSLEngine engine, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    ByteBuffer out = ByteBuffer.allocate(20_000);
    try {
      for (int i = 0; i < 20; i++) {
        switch (engine.getHandshakeStatus()) {
          case NEED_TASK -> engine.getDelegatedTask().run();
          case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out.clear());
          case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED ->
              engine.unwrap(in, out.clear());
        }
      }
    } catch (SSLException _) {
      drain(engine);
    }
  }

  private static void drain(SSLEngine engine) {
    ByteBuffer out = ByteBuffer.allocate(20_000);
    try {
      for (int i = 0; i < 20 && !engine.isOutboundDone(); i++) {
        engine.wrap(ByteBuffer.allocate(0), out);
      }
      assertTrue(engine.isOutboundDone());
      assertTrue(engine.isInboundDone());
    } catch (SSLException e) {
      fail("told of the same failure twice", e);
    }
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void refusesDamagedApplicationData(Case each) throws Exception {
    for (Side side : Side.values()) {
      for (int at = 0; at < 40; at++) {
        Duplex duplex = new Duplex(each.pair()).handshake();
        duplex.wrap(side, ByteBuffer.wrap(new byte[50]));
        ByteBuffer record = duplex.inbox(side.other());
        record.put(at, (byte) (record.get(at) ^ 0x40));
        ByteBuffer out = ByteBuffer.allocate(50_000);
        if (at == 3 || at == 4) {
          continue; // A longer record is waited for.
        }
        SSLException failure =
            assertThrows(SSLException.class, () -> duplex.unwrap(side.other(), out));
        assertEquals(0, out.position());
        duplex.wrap(side.other(), ByteBuffer.allocate(0));
        SSLException heard =
            assertThrows(SSLException.class, () -> duplex.unwrap(side, ByteBuffer.allocate(100)));
        assertTrue(
            Observed.message(heard).contains("Received fatal alert"),
            () -> failure + ", and heard: " + heard);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void noticesMissingAndRepeatedRecords(Case each) throws Exception {
    Duplex duplex = new Duplex(each.pair()).handshake();
    duplex.wrap(Side.CLIENT, ByteBuffer.wrap(new byte[50]));
    byte[] record = new byte[duplex.inbox(Side.SERVER).remaining()];
    duplex.inbox(Side.SERVER).duplicate().get(record);
    duplex.unwrap(Side.SERVER, ByteBuffer.allocate(100));
    assertThrows(
        SSLException.class,
        () -> duplex.engine(Side.SERVER).unwrap(ByteBuffer.wrap(record), ByteBuffer.allocate(100)));
    Duplex other = new Duplex(each.pair()).handshake();
    other.wrap(Side.CLIENT, ByteBuffer.wrap(new byte[50]));
    other.inbox(Side.SERVER).position(other.inbox(Side.SERVER).limit());
    other.wrap(Side.CLIENT, ByteBuffer.wrap(new byte[50]));
    assertThrows(SSLException.class, () -> other.unwrap(Side.SERVER, ByteBuffer.allocate(100)));
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void refusesWhatIsNoTls(Case each) {
    List<byte[]> texts =
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            new byte[100],
            random(100),
            new byte[] {22, 3, 1, (byte) 0xff, (byte) 0xff, 1});
    for (byte[] text : texts) {
      SSLEngine engine = each.server().createSSLEngine();
      assertThrows(
          SSLException.class,
          () -> engine.unwrap(ByteBuffer.wrap(text), ByteBuffer.allocate(100)),
          () -> Arrays.toString(text));
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    SeededRandom.of(length).nextBytes(bytes);
    return bytes;
  }
}
