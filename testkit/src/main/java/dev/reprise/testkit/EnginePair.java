/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Two {@link SSLEngine}s of any provider joined in memory and driven by the rules of JSSE alone: it
 * does what {@code getHandshakeStatus} asks for, runs delegated tasks at once and on the caller's
 * thread, and counts its steps. One side moves until it can do no more, then the other, so that
 * {@link #flights} are what a network would see.
 *
 * <p>When a side fails, its alert is still delivered and the other side hears of it; the method
 * then throws what the first one threw. When nothing moves any more and the goal is not reached, it
 * throws an {@link AssertionError} that says where both stand. Not safe for use by several threads.
 */
public final class EnginePair {
  /** What a message goes through on its way. */
  @FunctionalInterface
  public interface Wire {
    /** Returns what arrives of {@code bytes}, which {@code from} sent in one call of wrap. */
    byte[] carry(Side from, byte[] bytes);
  }

  /** Far more than any connection needs, even if it is fed byte by byte. */
  private static final int MOST_STEPS = 200_000;

  private final EngineEnd client;
  private final EngineEnd server;
  private final List<Flight> flights = new ArrayList<>();
  private Wire wire = (_, bytes) -> bytes;
  private int pieceLength = Integer.MAX_VALUE;
  private int steps;

  private EnginePair(SSLEngine client, SSLEngine server) {
    this.client = new EngineEnd(Side.CLIENT, client, bytes -> carry(Side.CLIENT, bytes));
    this.server = new EngineEnd(Side.SERVER, server, bytes -> carry(Side.SERVER, bytes));
  }

  /** Joins two engines that know already which of them is the client. */
  public static EnginePair of(SSLEngine client, SSLEngine server) {
    if (!client.getUseClientMode() || server.getUseClientMode()) {
      throw new IllegalArgumentException("one client and one server, in this order");
    }
    return new EnginePair(client, server);
  }

  /** A new engine of each; the client believes it speaks to {@code host:443}. */
  public static EnginePair between(SSLContext client, SSLContext server, String host) {
    SSLEngine clientEngine = client.createSSLEngine(host, 443);
    clientEngine.setUseClientMode(true);
    SSLEngine serverEngine = server.createSSLEngine();
    serverEngine.setUseClientMode(false);
    return new EnginePair(clientEngine, serverEngine);
  }

  public SSLEngine client() {
    return client.engine;
  }

  public SSLEngine server() {
    return server.engine;
  }

  /** From now on every message takes this way, where it may be changed, recorded or lost. */
  public EnginePair over(Wire other) {
    wire = other;
    return this;
  }

  /** From now on bytes arrive this many at a time, however they were sent. */
  public EnginePair inPiecesOf(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a piece has at least one byte");
    }
    pieceLength = bytes;
    return this;
  }

  /** Shakes hands until both sides are through and all that was sent has been read. */
  public EnginePair handshake() throws SSLException {
    client.engine.beginHandshake();
    server.engine.beginHandshake();
    move();
    if (!client.finished() || !server.finished()) {
      throw stalled("the handshake stalls");
    }
    return settle();
  }

  /** Moves whatever waits to be moved in both directions, such as tickets and key updates. */
  public EnginePair settle() throws SSLException {
    move();
    requireIdle(client);
    requireIdle(server);
    return this;
  }

  /** Sends application data and returns what has arrived at the other side, untouched or not. */
  public byte[] send(Side from, byte[] data) throws SSLException {
    EngineEnd sender = end(from);
    ByteBuffer rest = ByteBuffer.wrap(data);
    while (rest.hasRemaining()) {
      if (!sender.write(rest)) {
        throw stalled("the " + from + " does not take " + rest.remaining() + " bytes");
      }
      settle();
    }
    return received(from.other());
  }

  /** The application data that {@code at} has been given since this was last asked. */
  public byte[] received(Side at) {
    return end(at).takePlaintext();
  }

  /** Closes the connection, {@code first} beginning, until both directions are closed at both. */
  public void close(Side first) throws SSLException {
    for (EngineEnd end : List.of(end(first), end(first.other()))) {
      end.engine.closeOutbound();
      move();
    }
    for (EngineEnd end : List.of(client, server)) {
      if (!end.engine.isInboundDone() || !end.engine.isOutboundDone()) {
        throw stalled("the connection does not close");
      }
    }
  }

  /** What made this side fail, if it has. */
  public @Nullable SSLException failure(Side side) {
    return end(side).failure();
  }

  /** All that was sent since the beginning, before the wire had its way with it. */
  public List<Flight> flights() {
    return Collections.unmodifiableList(flights);
  }

  /** How many bytes this side has sent so far. */
  public int bytesFrom(Side side) {
    return flights.stream().filter(each -> each.from() == side).mapToInt(Flight::length).sum();
  }

  private void move() throws SSLException {
    steps = 0;
    @Nullable SSLException first = null;
    boolean moved;
    do {
      moved = false;
      for (EngineEnd end : List.of(client, server)) {
        try {
          moved |= run(end);
        } catch (SSLException e) {
          first = first == null ? e : first;
          moved = true;
        }
      }
    } while (moved);
    if (first != null) {
      throw first;
    }
  }

  private boolean run(EngineEnd end) throws SSLException {
    boolean any = false;
    while (end.failure() == null && end.step(pieceLength)) {
      any = true;
      if (++steps > MOST_STEPS) {
        throw stalled("no end after " + MOST_STEPS + " steps");
      }
    }
    return any;
  }

  private void carry(Side from, byte[] bytes) {
    if (flights.isEmpty() || flights.getLast().from() != from) {
      flights.add(new Flight(from));
    }
    flights.getLast().add(bytes);
    end(from.other()).accept(wire.carry(from, bytes));
  }

  private void requireIdle(EngineEnd end) {
    boolean handshaking = end.engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    boolean unread = end.unread() > 0 && !end.engine.isInboundDone();
    if (handshaking || unread) {
      throw stalled("the " + end.side + " is stuck");
    }
  }

  private EngineEnd end(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  private AssertionError stalled(String what) {
    StringBuilder text = new StringBuilder(what).append(": ");
    text.append(client.state()).append("; ").append(server.state()).append(". Sent so far:");
    flights.forEach(each -> text.append("\n  ").append(each));
    return new AssertionError(text.toString());
  }
}
