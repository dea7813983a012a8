/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.record.HandshakeDeframer.Message;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeDeframerTest {
  private static final byte[] HELLO = message(HandshakeType.SERVER_HELLO, 38);
  private static final byte[] DONE = message(HandshakeType.SERVER_HELLO_DONE, 0);
  private static final byte[] FINISHED = message(HandshakeType.FINISHED, 12);
  private static final byte[] FLIGHT = concat(HELLO, DONE, FINISHED);

  private final HandshakeDeframer deframer = new HandshakeDeframer();

  private void add(byte[] fragment) throws TlsException {
    deframer.add(Opaque.copyOf(fragment));
  }

  private List<Message> drain() throws TlsException {
    List<Message> messages = new ArrayList<>();
    for (Message message = deframer.next(); message != null; message = deframer.next()) {
      messages.add(message);
    }
    return messages;
  }

  private static void assertFlight(List<Message> messages) {
    assertEquals(
        List.of(Opaque.copyOf(HELLO), Opaque.copyOf(DONE), Opaque.copyOf(FINISHED)),
        messages.stream().map(Message::encoded).toList());
    assertEquals(
        List.of(
            HandshakeType.SERVER_HELLO, HandshakeType.SERVER_HELLO_DONE, HandshakeType.FINISHED),
        messages.stream().map(Message::type).toList());
    assertEquals(
        List.of(38, 0, 12), messages.stream().map(message -> message.body().remaining()).toList());
    assertEquals(Opaque.copyOf(content(12)), messages.get(2).body().rest());
  }

  @Test
  void hasNothingAtFirst() throws TlsException {
    assertNull(deframer.next());
    assertTrue(deframer.aligned());
  }

  @Test
  void findsSeveralMessagesInOneFragment() throws TlsException {
    add(FLIGHT);
    assertFalse(deframer.aligned());
    assertFlight(drain());
    assertTrue(deframer.aligned());
  }

  @Test
  void joinsMessagesThatAreSplitAnywhere() throws TlsException {
    for (int split = 1; split < FLIGHT.length; split++) {
      add(Arrays.copyOf(FLIGHT, split));
      List<Message> messages = drain();
      boolean atBoundary = split == HELLO.length || split == HELLO.length + DONE.length;
      assertEquals(atBoundary, deframer.aligned(), "split at " + split);
      add(Arrays.copyOfRange(FLIGHT, split, FLIGHT.length));
      messages.addAll(drain());
      assertFlight(messages);
      assertTrue(deframer.aligned());
      assertEquals(0, deframer.capacity());
    }
  }

  @Test
  void joinsMessagesThatAreSplitTwice() throws TlsException {
    for (int first = 1; first < FLIGHT.length; first++) {
      for (int second = first + 1; second < FLIGHT.length; second++) {
        add(Arrays.copyOf(FLIGHT, first));
        List<Message> messages = drain();
        add(Arrays.copyOfRange(FLIGHT, first, second));
        messages.addAll(drain());
        add(Arrays.copyOfRange(FLIGHT, second, FLIGHT.length));
        messages.addAll(drain());
        assertFlight(messages);
      }
    }
  }

  @Test
  void joinsSingleBytes() throws TlsException {
    List<Message> messages = new ArrayList<>();
    for (byte single : FLIGHT) {
      add(bytes(single));
      messages.addAll(drain());
    }
    assertFlight(messages);
  }

  @Test
  void sharesTheBytesOfAWholeMessage() throws TlsException {
    Opaque fragment = Opaque.copyOf(FLIGHT);
    deframer.add(fragment);
    Message first = deframer.next();
    assertNotNull(first);
    assertSame(fragment.array(), first.encoded().array());
    assertEquals(0, deframer.capacity());
  }

  @Test
  void readsAFragmentThatIsAWindow() throws TlsException {
    byte[] larger = concat(content(5), FLIGHT, content(6));
    deframer.add(Opaque.takeOver(larger, 5, FLIGHT.length));
    assertFlight(drain());
  }

  @Test
  void leavesFragmentsAndMessagesUntouchedWhenMoreComes() throws TlsException {
    byte[] given = concat(Arrays.copyOf(FINISHED, 7), content(30));
    byte[] before = given.clone();
    deframer.add(Opaque.takeOver(given, 0, 7));
    assertNull(deframer.next());
    add(concat(Arrays.copyOfRange(FINISHED, 7, 16), Arrays.copyOf(HELLO, 9)));
    Message finished = deframer.next();
    add(Arrays.copyOfRange(HELLO, 9, 20));
    add(Arrays.copyOfRange(HELLO, 20, HELLO.length));
    Message hello = deframer.next();
    assertNotNull(finished);
    assertNotNull(hello);
    assertEquals(Opaque.copyOf(FINISHED), finished.encoded());
    assertEquals(Opaque.copyOf(HELLO), hello.encoded());
    assertEquals(Opaque.copyOf(before), Opaque.copyOf(given));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 7, 9, 10, 19, 21, 23, 25, 67, 253, 255, 254})
  void refusesAnUnknownTypeAtItsFirstByte(int type) throws TlsException {
    add(bytes(type));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, deframer::next);
  }

  @Test
  void refusesAnUnknownTypeAfterAWholeMessage() throws TlsException {
    add(concat(DONE, bytes(99)));
    assertNotNull(deframer.next());
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, deframer::next);
  }

  @Test
  void takesTheLongestClientHello() throws TlsException {
    assertTaken(HandshakeType.CLIENT_HELLO, 16_384);
  }

  @Test
  void refusesALongerClientHelloAtItsHeader() throws TlsException {
    add(bytes(1, 0, 0x40, 0x01));
    assertAlert(AlertDescription.DECODE_ERROR, deframer::next);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"CLIENT_HELLO", "MESSAGE_HASH"})
  void takesTheLongestOfAnyOtherMessage(HandshakeType type) throws TlsException {
    assertTaken(type, 65_536);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"CLIENT_HELLO", "MESSAGE_HASH"})
  void refusesALongerMessageAtItsHeader(HandshakeType type) throws TlsException {
    add(bytes(type.code(), 1, 0, 1));
    assertAlert(AlertDescription.DECODE_ERROR, deframer::next);
  }

  private void assertTaken(HandshakeType type, int length) throws TlsException {
    byte[] message = message(type, length);
    for (int at = 0; at < message.length; at += 16_384) {
      assertNull(deframer.next());
      add(Arrays.copyOfRange(message, at, Math.min(message.length, at + 16_384)));
      assertTrue(deframer.capacity() <= message.length);
    }
    Message taken = deframer.next();
    assertNotNull(taken);
    assertEquals(Opaque.copyOf(message), taken.encoded());
  }

  @Test
  void allocatesWhatHasComeAndNotWhatIsAnnounced() throws TlsException {
    add(bytes(11, 1, 0, 0));
    assertNull(deframer.next());
    assertEquals(0, deframer.capacity());
    add(content(6));
    assertNull(deframer.next());
    assertTrue(deframer.capacity() <= 2 * 10, "holds " + deframer.capacity());
  }

  @Test
  void neverHoldsMoreThanTwiceOfWhatHasCome() throws TlsException {
    byte[] message = message(HandshakeType.CERTIFICATE, 65_536);
    int came = 0;
    for (int step = 1; came < message.length; step = step % 97 + 1) {
      int end = Math.min(message.length, came + step);
      add(Arrays.copyOfRange(message, came, end));
      came = end;
      assertTrue(deframer.capacity() <= 2 * came, deframer.capacity() + " for " + came);
      assertEquals(came == message.length, deframer.next() != null);
    }
    assertEquals(0, deframer.capacity());
  }

  @Test
  void growsRarelyHoweverSmallTheFragments() throws TlsException {
    byte[] message = message(HandshakeType.CERTIFICATE, 65_536);
    Set<Integer> capacities = new HashSet<>();
    for (byte single : message) {
      add(bytes(single));
      capacities.add(deframer.capacity());
    }
    assertNotNull(deframer.next());
    assertTrue(capacities.size() <= 20, "grew " + capacities.size() + " times");
  }

  @Test
  void refusesToHoardMessagesThatNobodyTakes() throws TlsException {
    byte[] fragment = new byte[16_384];
    for (int i = 0; i < 4; i++) {
      add(fragment);
    }
    add(bytes(0, 0, 0, 0));
    add(fragment);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> add(bytes(0)));
  }

  @Test
  void knowsWithWhichMessageTheRestBegins() throws TlsException {
    assertFalse(deframer.startsWith(HandshakeType.SERVER_HELLO));
    add(Arrays.copyOf(HELLO, 3));
    assertTrue(deframer.startsWith(HandshakeType.SERVER_HELLO));
    assertFalse(deframer.startsWith(HandshakeType.FINISHED));
  }

  @Test
  void doesNotTakeBytesThatAreReadForTheRest() throws TlsException {
    add(HELLO);
    drain();
    assertFalse(deframer.startsWith(HandshakeType.SERVER_HELLO));
  }
}
