/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.rfc8448;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.record.AlertLevel;
import dev.reprise.engine.record.HandshakeDeframer;
import dev.reprise.engine.record.Received;
import dev.reprise.engine.record.RecordProtection;
import dev.reprise.engine.record.RecordReader;
import dev.reprise.engine.record.RecordWriter;
import dev.reprise.engine.record.Tls13Protection;
import dev.reprise.engine.rfc8448.Trace.Side;
import dev.reprise.engine.rfc8448.Trace.Step;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceRecordsTest {
  private static final CryptoProvider CRYPTO = JcaCryptoProvider.create(new SecureRandom());
  private static final int HEADER = 5;

  /** A record, and how many its sender has protected under the same keys before it. */
  private record Sealed(Step step, Step keys, int number) {
    Opaque payload() {
      return step.value("record").slice(HEADER, step.value("record").length() - HEADER);
    }
  }

  static Stream<Arguments> senders() {
    return Trace.all()
        .flatMap(trace -> Stream.of(Side.values()).map(side -> Arguments.of(trace, side)));
  }

  @Test
  void findsEveryRecord() throws TlsException {
    List<Sealed> sealed = new ArrayList<>();
    for (int section = 3; section <= 7; section++) {
      sealed.addAll(sealed(Trace.section(section), Side.CLIENT));
      sealed.addAll(sealed(Trace.section(section), Side.SERVER));
    }
    List<Step> records = Trace.all().flatMap(trace -> records(trace).stream()).toList();
    assertEquals(41, records.size());
    // In clear: a ClientHello and a ServerHello each, two of them in Section 5, and Section 7's
    // two ChangeCipherSpec.
    assertEquals(41 - 12 - 2, sealed.size());
  }

  @ParameterizedTest
  @MethodSource("senders")
  void sealsEachPayloadToTheSameRecord(Trace trace, Side sender) throws TlsException {
    for (Sealed sealed : sealed(trace, sender)) {
      try (RecordProtection sealing = sealing(sealed.keys())) {
        assertEquals(sealed.step().value("record"), sealNth(sealing, sealed), sealed::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("senders")
  void opensEachRecordToTheSamePayload(Trace trace, Side sender) throws TlsException {
    RecordProtection opening = null;
    for (Sealed sealed : sealed(trace, sender)) {
      opening = sealed.number() == 0 ? opening(sealed.keys()) : Objects.requireNonNull(opening);
      ByteBuffer content = ByteBuffer.allocate(sealed.payload().length());
      ContentType type =
          opening.open(
              ContentType.APPLICATION_DATA, ByteBuffer.wrap(sealed.payload().toArray()), content);
      assertEquals(type(sealed.step()), type);
      assertEquals(sealed.step().value("payload"), written(content), sealed::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("senders")
  @Refuses({"V1", "V2", "V3", "V4", "V5"})
  void opensNoRecordOutOfOrderOrWithABitFlipped(Trace trace, Side sender) throws TlsException {
    for (Sealed sealed : sealed(trace, sender)) {
      byte[] payload = sealed.payload().toArray();
      try (RecordProtection opening = opening(sealed.keys())) {
        if (sealed.number() > 0) {
          refuses(opening, payload);
        }
        payload[payload.length - 1] ^= 1;
        refuses(opening, payload);
      }
    }
  }

  /** The whole sending half: the same messages in, the same bytes out. */
  @ParameterizedTest
  @MethodSource("senders")
  @Upholds({"V1", "V2", "V3", "V4", "V5"})
  void writesTheSameBytesToTheWire(Trace trace, Side sender) throws TlsException {
    try (RecordWriter writer = new RecordWriter()) {
      Step keys = null;
      for (Step step : records(trace, sender)) {
        Step next = keys(trace, step, keys);
        if (next != null && !next.equals(keys)) {
          writer.protect(sealing(next));
        }
        keys = next;
        assertEquals(step.value("record"), write(writer, step), step::toString);
      }
      assertFalse(writer.hasPending());
    }
  }

  /** The whole receiving half: the same bytes in, the same messages out. */
  @ParameterizedTest
  @MethodSource("senders")
  void readsTheSameMessagesFromTheWire(Trace trace, Side sender) throws TlsException {
    HandshakeDeframer deframer = new HandshakeDeframer();
    List<Opaque> messages = new ArrayList<>();
    try (RecordReader reader = new RecordReader(deframer)) {
      Step keys = null;
      for (Step step : records(trace, sender)) {
        Step next = keys(trace, step, keys);
        if (next != null && !next.equals(keys)) {
          protect(reader, next);
        }
        keys = next;
        messages.addAll(read(reader, deframer, step));
      }
    }
    List<Opaque> sent =
        trace.messages().stream()
            .filter(message -> message.side() == sender)
            .map(Trace.Sent::message)
            .toList();
    assertEquals(sent, messages);
  }

  private static void protect(RecordReader reader, Step keys) throws TlsException {
    reader.negotiated(ProtocolVersion.TLS13);
    reader.protect(opening(keys));
    // Before its Finished a peer sends application data as 0-RTT only.
    if (!keys.name().startsWith("keys handshake ")) {
      reader.peerFinished();
    }
  }

  private static Opaque write(RecordWriter writer, Step step) throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(2000);
    Opaque payload = step.value("payload");
    switch (type(step)) {
      case HANDSHAKE -> handshake(writer, payload);
      case CHANGE_CIPHER_SPEC -> writer.changeCipherSpec();
      case ALERT -> writer.alert(AlertLevel.WARNING, AlertDescription.CLOSE_NOTIFY);
      case APPLICATION_DATA -> writer.seal(ByteBuffer.wrap(payload.toArray()), out);
    }
    writer.drain(out);
    return written(out);
  }

  private static void handshake(RecordWriter writer, Opaque payload) throws TlsException {
    HandshakeDeframer messages = new HandshakeDeframer();
    messages.add(payload);
    for (var message = messages.next(); message != null; message = messages.next()) {
      writer.handshake(message.encoded());
    }
  }

  /** Checks the record's content, and returns the messages in it. */
  private static List<Opaque> read(RecordReader reader, HandshakeDeframer deframer, Step step)
      throws TlsException {
    ByteBuffer application = ByteBuffer.allocate(2000);
    Received received = reader.read(ByteBuffer.wrap(step.value("record").toArray()), application);
    List<Opaque> messages = new ArrayList<>();
    switch (received) {
      case Received.ApplicationData data -> {
        assertEquals(ContentType.APPLICATION_DATA, type(step));
        assertEquals(step.value("payload"), written(application));
        assertEquals(data.length(), application.position());
      }
      case Received.Fragment(ContentType type, Opaque content) -> {
        assertEquals(type(step), type);
        assertEquals(step.value("payload"), content);
        if (type == ContentType.HANDSHAKE) {
          deframer.add(content);
          for (var next = deframer.next(); next != null; next = deframer.next()) {
            messages.add(next.encoded());
          }
        }
      }
      case Received.Skipped() -> assertEquals(ContentType.CHANGE_CIPHER_SPEC, type(step));
    }
    return messages;
  }

  private static List<Sealed> sealed(Trace trace, Side sender) throws TlsException {
    List<Sealed> sealed = new ArrayList<>();
    Step keys = null;
    int number = 0;
    for (Step step : records(trace, sender)) {
      Step next = keys(trace, step, keys);
      number = Objects.equals(next, keys) ? number : 0;
      keys = next;
      if (keys != null && type(step) != ContentType.CHANGE_CIPHER_SPEC) {
        sealed.add(new Sealed(step, keys, number++));
      }
    }
    return sealed;
  }

  /** The keys that a record is under, given those of the sender's record before it. */
  private static @Nullable Step keys(Trace trace, Step record, @Nullable Step before) {
    Side sender = record.side();
    boolean inClear =
        type(record) == ContentType.CHANGE_CIPHER_SPEC || record.value("record").at(0) != 23;
    if (inClear) {
      return before;
    }
    if (type(record) != ContentType.HANDSHAKE) {
      boolean early = before == null;
      return keys(trace, sender, early ? "early" : "application");
    }
    return switch (firstMessage(record)) {
      case END_OF_EARLY_DATA -> keys(trace, sender, "early");
      case NEW_SESSION_TICKET -> keys(trace, sender, "application");
      case ENCRYPTED_EXTENSIONS, CERTIFICATE, FINISHED -> keys(trace, sender, "handshake");
      case HELLO_REQUEST,
          CLIENT_HELLO,
          SERVER_HELLO,
          SERVER_KEY_EXCHANGE,
          CERTIFICATE_REQUEST,
          SERVER_HELLO_DONE,
          CERTIFICATE_VERIFY,
          CLIENT_KEY_EXCHANGE,
          KEY_UPDATE,
          MESSAGE_HASH ->
          throw new AssertionError(record);
    };
  }

  /**
   * As its sender's keys to write with, or where the trace has them the receiver's to read with.
   */
  private static Step keys(Trace trace, Side sender, String epoch) {
    Step write = trace.find(sender, "keys " + epoch + " write");
    return write != null ? write : trace.step(sender.other(), "keys " + epoch + " read");
  }

  private static HandshakeType firstMessage(Step record) {
    return Objects.requireNonNull(HandshakeType.of(record.value("payload").at(0)));
  }

  private static ContentType type(Step step) {
    String name = step.name().substring("record ".length());
    return ContentType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static List<Step> records(Trace trace) {
    return trace.steps().stream().filter(step -> step.name().startsWith("record ")).toList();
  }

  private static List<Step> records(Trace trace, Side sender) {
    return records(trace).stream().filter(step -> step.side() == sender).toList();
  }

  /** Seals as many others first as the number says, since records cannot be sealed out of order. */
  private static Opaque sealNth(RecordProtection sealing, Sealed sealed) throws TlsException {
    for (int i = 0; i < sealed.number(); i++) {
      sealing.seal(ContentType.ALERT, ByteBuffer.allocate(2), ByteBuffer.allocate(100));
    }
    ByteBuffer out = ByteBuffer.allocate(2000);
    ByteBuffer payload = ByteBuffer.wrap(sealed.step().value("payload").toArray());
    sealing.seal(type(sealed.step()), payload, out);
    return written(out);
  }

  private static void refuses(RecordProtection opening, byte[] payload) {
    TlsException refusal =
        assertThrows(
            TlsException.class,
            () ->
                opening.open(
                    ContentType.APPLICATION_DATA,
                    ByteBuffer.wrap(payload),
                    ByteBuffer.allocate(payload.length)));
    assertEquals(AlertDescription.BAD_RECORD_MAC, refusal.alert());
  }

  private static RecordProtection sealing(Step keys) throws TlsException {
    try (Secret key = secret(keys, "key");
        Secret iv = secret(keys, "iv")) {
      return Tls13Protection.sealing(CRYPTO.aeads(), AeadAlgorithm.AES_128_GCM, key, iv);
    }
  }

  private static RecordProtection opening(Step keys) throws TlsException {
    try (Secret key = secret(keys, "key");
        Secret iv = secret(keys, "iv")) {
      return Tls13Protection.opening(CRYPTO.aeads(), AeadAlgorithm.AES_128_GCM, key, iv);
    }
  }

  private static Secret secret(Step keys, String value) {
    return Secret.copyOf(keys.value(value).toArray());
  }

  private static Opaque written(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return Opaque.takeOver(bytes);
  }
}
