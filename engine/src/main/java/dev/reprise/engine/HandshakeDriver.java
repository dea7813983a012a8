/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine;

import dev.reprise.engine.handshake.Awaiting;
import dev.reprise.engine.handshake.Connected;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.handshake.HandshakeOutput;
import dev.reprise.engine.handshake.HandshakeState;
import dev.reprise.engine.handshake.Handshakes;
import dev.reprise.engine.handshake.Negotiation;
import dev.reprise.engine.record.EarlyDataSkip;
import dev.reprise.engine.record.HandshakeDeframer;
import dev.reprise.engine.record.RecordProtection;
import dev.reprise.engine.record.RecordReader;
import dev.reprise.engine.record.RecordWriter;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the one current state and gives it messages; what a state sends goes to the records. */
final class HandshakeDriver implements HandshakeOutput {
  /** Refused early data beyond this ends the connection: RFC 8446, Section 4.2.10. */
  private static final int EARLY_DATA_SKIPPED = 16_384;

  /** A peer could keep us busy with key updates and tickets for ever. */
  private static final int MESSAGES_IN_A_ROW = 32;

  /** Beyond this there is no deadline. */
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(365);

  private final HandshakeDeframer deframer = new HandshakeDeframer();
  private final RecordReader reader = new RecordReader(deframer);
  private final RecordWriter writer = new RecordWriter();
  private final Alerts alerts = new Alerts();
  private final List<Runnable> onFailure = new ArrayList<>(1);
  private final List<Runnable> onEnd = new ArrayList<>();
  private final InstantSource clock;
  private final Duration deadline;
  private long deadlineMillis;

  private @Nullable HandshakeState state;
  private @Nullable Awaiting<?> beside;
  private boolean taskGivenOut;
  private @Nullable ProtocolVersion version;
  private @Nullable Negotiation negotiation;
  private @Nullable ResumptionOutcome resumption;
  private @Nullable ConnectionInfo info;
  private int messagesInARow;

  HandshakeDriver(InstantSource clock, Duration deadline) {
    this.clock = clock;
    this.deadline = deadline;
    this.deadlineMillis = fromNow();
  }

  private long fromNow() {
    return deadline.compareTo(LONGEST_DEADLINE) >= 0
        ? Long.MAX_VALUE
        : clock.millis() + deadline.toMillis();
  }

  void peerHasBegun() {
    deadlineMillis = fromNow();
  }

  void start(HandshakeState first) {
    state = first;
  }

  /** A slow peer may not hold a half-open connection for ever, however it drips its bytes. */
  void requireInTime() throws TlsException {
    if (info == null && clock.millis() > deadlineMillis) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE, "The handshake took longer than its deadline");
    }
  }

  void handshake(Opaque fragment) throws TlsException {
    deframer.add(fragment);
    deliver();
  }

  /** Gives whole messages to the state, until there is none or the state waits for a task. */
  private void deliver() throws TlsException {
    while (!(state() instanceof Awaiting<?>)) {
      HandshakeDeframer.Message message = deframer.next();
      if (message == null) {
        return;
      }
      if (info != null && ++messagesInARow > MESSAGES_IN_A_ROW) {
        throw TlsException.unexpectedMessage("Too many handshake messages after the handshake");
      }
      HandshakeMessage parsed = HandshakeMessages.read(message.type(), dialect(), message.body());
      if (message.type() == HandshakeType.HELLO_REQUEST && info == null) {
        // RFC 5246, Section 7.4.1.1: ignored "if the client is currently negotiating a session",
        // and never part of the transcript.
        Handshakes.requireIgnorable(state(), parsed);
        messagesInARow++;
        if (messagesInARow > MESSAGES_IN_A_ROW) {
          throw TlsException.unexpectedMessage("Too many requests for a hello");
        }
        continue;
      }
      state = state().handle(parsed, message.encoded());
    }
  }

  void changeCipherSpec() throws TlsException {
    if (!deframer.aligned() || state() instanceof Awaiting<?>) {
      throw TlsException.unexpectedMessage("ChangeCipherSpec came inside of messages");
    }
    state = state().changeCipherSpec();
  }

  void applicationDataReceived(int length) {
    if (length > 0) {
      messagesInARow = 0;
      alerts.reset();
    }
  }

  /** New write keys because somebody wants them. */
  void updateKeys() throws TlsException {
    if (state() instanceof Connected connected) {
      connected.updateWriteKeys();
    }
  }

  boolean owesKeyUpdate() {
    return state instanceof Connected connected && connected.owesKeyUpdate();
  }

  @Nullable Awaiting<?> awaiting() {
    return state instanceof Awaiting<?> awaiting ? awaiting : beside;
  }

  @Nullable Task task() {
    Awaiting<?> awaiting = awaiting();
    if (awaiting == null || taskGivenOut) {
      return null;
    }
    taskGivenOut = true;
    return new Task(awaiting);
  }

  /** Nobody waits for the task any more: what it found is wiped. */
  void discard(Task task) {
    if (task.isFor(awaiting())) {
      task.discard();
    }
  }

  void complete(Task task) throws TlsException {
    Awaiting<?> awaiting = awaiting();
    if (awaiting == null || !task.isFor(awaiting)) {
      // Completed twice, or for another connection: there is nothing to go on with.
      return;
    }
    taskGivenOut = false;
    if (awaiting.equals(beside)) {
      beside = null;
      beside(task.resume());
    } else {
      state = task.resume();
      deliver();
    }
  }

  /** Every store is told, whatever the others make of it. */
  void forgetSessions() {
    for (Runnable forget : onFailure) {
      try {
        forget.run();
      } catch (RuntimeException | Error _) {
        // A store that is down keeps the session until its lifetime ends.
      }
    }
    onFailure.clear();
  }

  /** The secrets that keys were made from have nothing left to do, wherever the handshake stood. */
  void wipe() {
    wipeHandshake();
    if (state instanceof Connected connected) {
      connected.close();
    }
    if (info != null && info.exporter() != null) {
      info.exporter().close();
    }
  }

  private void wipeHandshake() {
    onEnd.forEach(Runnable::run);
    onEnd.clear();
  }

  @Override
  public void beside(HandshakeState work) {
    if (work instanceof Awaiting<?> awaiting) {
      beside = awaiting;
    }
  }

  private Dialect dialect() {
    if (version == null) {
      return Dialect.HELLO;
    }
    return switch (version) {
      case TLS12 -> Dialect.TLS12;
      case TLS13 -> Dialect.TLS13;
    };
  }

  private HandshakeState state() {
    return java.util.Objects.requireNonNull(state, "the driver was started");
  }

  @Override
  public Opaque send(HandshakeMessage message) throws TlsException {
    requireTurn();
    requireVoice();
    Opaque encoded = HandshakeMessages.encode(message);
    writer.handshake(encoded);
    return encoded;
  }

  /**
   * In a handshake the sides take turns: what the peer says before it has our answer is out of
   * order. RFC 8446, Section 4: "A peer which receives a handshake message in an unexpected order
   * MUST abort the handshake with an "unexpected_message" alert." Only a HelloRequest may come at
   * any time (RFC 5246, Section 7.4.1.1).
   */
  private void requireTurn() throws TlsException {
    if (info == null && !deframer.aligned() && !deframer.startsWith(HandshakeType.HELLO_REQUEST)) {
      throw TlsException.unexpectedMessage("The peer goes on before it has our answer");
    }
  }

  /** Who has closed cannot say what a handshake still wants, and nobody is told why it ends. */
  private void requireVoice() throws TlsException {
    if (info == null && writer.hasEnded()) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE, "The connection was closed within its handshake");
    }
  }

  @Override
  public void sendChangeCipherSpec() throws TlsException {
    requireVoice();
    writer.changeCipherSpec();
  }

  @Override
  public void onFailure(Runnable forget) {
    onFailure.add(forget);
  }

  @Override
  public void onEnd(Runnable wipe) {
    onEnd.add(wipe);
  }

  @Override
  public void negotiated(ProtocolVersion negotiated) {
    version = negotiated;
    reader.negotiated(negotiated);
  }

  @Override
  public void negotiating(Negotiation known) {
    negotiation = known;
  }

  @Override
  public void protectWriting(RecordProtection protection) throws TlsException {
    writer.protect(protection);
  }

  @Override
  public void protectReading(RecordProtection protection) throws TlsException {
    reader.protect(protection);
  }

  @Override
  public void resumption(ResumptionOutcome outcome) {
    resumption = outcome;
  }

  @Override
  public void skipEarlyData(EarlyDataRefusal refusal) {
    switch (refusal) {
      case IN_FIRST_FLIGHT ->
          reader.skipEarlyData(EarlyDataSkip.AFTER_REJECTION, EARLY_DATA_SKIPPED);
      case BEFORE_SECOND_HELLO ->
          reader.skipEarlyData(EarlyDataSkip.UNTIL_SECOND_HELLO, EARLY_DATA_SKIPPED);
    }
  }

  @Override
  public void connected(ConnectionInfo connection) {
    info = connection;
    messagesInARow = 0;
    wipeHandshake();
    reader.peerFinished();
  }

  RecordReader reader() {
    return reader;
  }

  RecordWriter writer() {
    return writer;
  }

  Alerts alerts() {
    return alerts;
  }

  boolean isTls13() {
    return version == ProtocolVersion.TLS13;
  }

  @Nullable ConnectionInfo info() {
    return info;
  }

  @Nullable Negotiation negotiation() {
    return negotiation;
  }

  @Nullable ResumptionOutcome resumption() {
    return resumption;
  }
}
