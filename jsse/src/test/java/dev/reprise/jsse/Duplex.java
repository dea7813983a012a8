/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines moved by hand, one call at a time, where every result counts. */
final class Duplex {
  /** What one call answered. */
  record Step(Side side, boolean wrap, SSLEngineResult result) {}

  private static final int ROOM = 1 << 17;

  private final Map<Side, SSLEngine> engines = new EnumMap<>(Side.class);

  /** What waits to be read by each, as {@link ByteBuffer#flip} leaves it. */
  private final Map<Side, ByteBuffer> inboxes = new EnumMap<>(Side.class);

  private final List<Step> steps = new ArrayList<>();

  Duplex(EnginePair pair) {
    this(pair.client(), pair.server());
  }

  Duplex(SSLEngine client, SSLEngine server) {
    engines.put(Side.CLIENT, client);
    engines.put(Side.SERVER, server);
    for (Side side : Side.values()) {
      inboxes.put(side, ByteBuffer.allocate(ROOM).flip());
    }
  }

  SSLEngine engine(Side side) {
    return Objects.requireNonNull(engines.get(side));
  }

  ByteBuffer inbox(Side side) {
    return Objects.requireNonNull(inboxes.get(side));
  }

  List<Step> steps() {
    return steps;
  }

  /** Wraps {@code data} with room for everything and delivers what comes of it. */
  SSLEngineResult wrap(Side side, ByteBuffer... data) throws SSLException {
    ByteBuffer inbox = inbox(side.other());
    inbox.compact();
    try {
      SSLEngineResult result = engine(side).wrap(data, 0, data.length, inbox);
      steps.add(new Step(side, true, result));
      return result;
    } finally {
      inbox.flip();
    }
  }

  SSLEngineResult unwrap(Side side, ByteBuffer... out) throws SSLException {
    SSLEngineResult result = engine(side).unwrap(inbox(side), out, 0, out.length);
    steps.add(new Step(side, false, result));
    return result;
  }

  /** Does the next thing that {@code side} asks for; false if it can do nothing now. */
  boolean step(Side side) throws SSLException {
    return switch (engine(side).getHandshakeStatus()) {
      case NEED_WRAP -> {
        wrap(side, ByteBuffer.allocate(0));
        yield true;
      }
      case NEED_TASK -> runTask(side);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED ->
          unwrap(side, ByteBuffer.allocate(20_000)).bytesConsumed() > 0;
    };
  }

  boolean runTask(Side side) {
    Runnable task = engine(side).getDelegatedTask();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  /** Until neither can do anything more. */
  Duplex settle() throws SSLException {
    while (step(Side.CLIENT) || step(Side.SERVER)) {
      if (steps.size() > 10_000) {
        throw new AssertionError("no end in sight");
      }
    }
    return this;
  }

  Duplex handshake() throws SSLException {
    engine(Side.CLIENT).beginHandshake();
    engine(Side.SERVER).beginHandshake();
    return settle();
  }

  long count(Side side, HandshakeStatus status) {
    return steps.stream()
        .filter(step -> step.side() == side)
        .filter(step -> step.result().getHandshakeStatus() == status)
        .count();
  }
}
