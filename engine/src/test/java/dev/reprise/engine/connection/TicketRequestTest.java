/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.ExpectedTickets;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.PskKeyExchangeModes;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9149: a client says how many tickets it would like, and a server how many it will give. */
final class TicketRequestTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);
  private final CountingStore sessions = new CountingStore(client.sessions);

  TicketRequestTest() {
    client.sessions = sessions;
  }

  /** How many tickets the client keeps of one connection. */
  private int tickets() throws TlsException {
    sessions.puts = 0;
    Pair.connect(client, server).connected();
    return sessions.puts;
  }

  @Test
  void withoutARequestThereAreTwoAndOneAfterAResumption() throws TlsException {
    assertEquals(2, tickets());
    assertEquals(1, tickets());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "5, 5", "8, 8", "9, 8", "255, 8"})
  @Upholds({"F7", "E21"})
  void givesAsManyAsAreAskedForUpToEight(int asked, int given) throws TlsException {
    client.ticketRequest = new TicketRequest(asked, 0);
    assertEquals(given, tickets());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "5, 5", "255, 8"})
  void givesAsManyAsAreAskedForIfItResumes(int asked, int given) throws TlsException {
    client.ticketRequest = new TicketRequest(2, asked);
    assertEquals(2, tickets());
    assertEquals(given, tickets());
  }

  @Test
  void theOperatorsLimitIsTheOperators() throws TlsException {
    client.ticketRequest = new TicketRequest(255, 255);
    server.policy = policy(2, 1, 3);
    assertEquals(3, tickets());
    assertEquals(3, tickets());
    server.policy = policy(0, 0, 8);
    assertEquals(0, tickets());
  }

  private static ResumptionPolicy policy(int full, int resumed, int most) {
    return new ResumptionPolicy(
        Duration.ofHours(6),
        Duration.ofHours(24),
        Duration.ofHours(12),
        full,
        resumed,
        most,
        false,
        "default");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "255, 8"})
  @Upholds({"E3", "F7"})
  void announcesHowManyThereWillBe(int asked, int expected) throws TlsException {
    assertEquals(
        new ExpectedTickets(expected), announced(server, new TicketRequest(asked, 0), true));
  }

  @Test
  @Refuses("E3")
  void announcesNoneToAClientThatCannotUseThem() throws TlsException {
    assertEquals(new ExpectedTickets(0), announced(server, new TicketRequest(4, 4), false));
  }

  @Test
  void announcesNothingThatItDoesNotServe() throws TlsException {
    server.remembers = false;
    assertNull(announced(server, new TicketRequest(4, 4), true));
  }

  @org.jspecify.annotations.Nullable
  private static ExpectedTickets announced(TestServer server, TicketRequest request, boolean usable)
      throws TlsException {
    ScriptedClient scripted = new ScriptedClient(server.connection(), NamedGroup.X25519);
    scripted.send(
        scripted.hello(extensions -> {
          extensions.add(request);
          if (usable) {
            extensions.add(new PskKeyExchangeModes(Opaque.copyOf((byte) 1)));
          }
          return extensions;
        }));
    scripted.finish();
    return Objects.requireNonNull(scripted.encryptedExtensions)
        .extensions()
        .find(ExpectedTickets.class);
  }

  @Test
  @Upholds("F8")
  void asksForTheSameAfterAHelloRetryRequest() throws TlsException {
    server.groups = List.of(NamedGroup.SECP384R1);
    client.ticketRequest = new TicketRequest(4, 3);
    assertEquals(4, tickets());
    assertEquals(3, tickets());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @Refuses("F8")
  void refusesASecondHelloThatAsksForAnotherNumberOrNotAtAll(int kind) throws TlsException {
    server.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient scripted = new ScriptedClient(server.connection(), NamedGroup.X25519);
    scripted.send(scripted.hello(extensions -> added(extensions, new TicketRequest(2, 2))));
    scripted.retryRequest();
    scripted.useGroup(NamedGroup.SECP256R1);
    ClientHello second =
        scripted.hello(
            extensions -> kind == 0 ? extensions : added(extensions, new TicketRequest(2, 3)));
    TlsException failure = assertThrows(TlsException.class, () -> scripted.send(second));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, failure.alert());
  }

  @Test
  void tls12TakesNoNoticeOfIt() throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    client.ticketRequest = new TicketRequest(4, 4);
    assertEquals(1, tickets());
    assertInstanceOf(
        ResumptionOutcome.Resumed.class, Pair.connect(client, server).connected().outcome());
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses("F7")
  void refusesAnAnswerInTheServerHello(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    refusesAnswer();
  }

  @Test
  @Refuses("F7")
  void refusesAnAnswerInTheHelloRetryRequest() throws TlsException {
    server.groups = List.of(NamedGroup.SECP384R1);
    refusesAnswer();
  }

  private void refusesAnswer() throws TlsException {
    client.ticketRequest = new TicketRequest(2, 1);
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toClient = bytes -> bytes.length == 0 || bytes[0] != 22 ? bytes : withAnswer(bytes);
    pair.run();
    assertEquals(
        AlertDescription.ILLEGAL_PARAMETER, Objects.requireNonNull(pair.clientFailure).alert());
  }

  /** The first record, which holds a ServerHello first, with the extension in it. */
  private static byte[] withAnswer(byte[] bytes) {
    int record = 5 + (bytes[3] & 0xff) * 256 + (bytes[4] & 0xff);
    int message = 4 + (bytes[7] & 0xff) * 256 + (bytes[8] & 0xff);
    byte[] changed = changed(Opaque.takeOver(bytes, 5 + 4, message - 4));
    byte[] rest = Arrays.copyOfRange(bytes, 5 + message, record);
    ByteBuffer out = ByteBuffer.allocate(5 + changed.length + rest.length);
    out.put(bytes, 0, 3).putShort((short) (changed.length + rest.length)).put(changed).put(rest);
    return Pair.join(out.array(), Arrays.copyOfRange(bytes, record, bytes.length));
  }

  private static byte[] changed(Opaque body) {
    try {
      ServerHello hello =
          (ServerHello)
              HandshakeMessages.read(HandshakeType.SERVER_HELLO, Dialect.HELLO, TlsReader.of(body));
      List<Extension> extensions = new ArrayList<>(hello.extensions().list());
      extensions.add(new ExpectedTickets(2));
      return HandshakeMessages.encode(
              new ServerHello(
                  hello.legacyVersion(),
                  hello.random(),
                  hello.sessionId(),
                  hello.cipherSuite(),
                  hello.compressionMethod(),
                  Extensions.of(extensions.toArray(new Extension[0]))))
          .toArray();
    } catch (TlsException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Extension> added(List<Extension> extensions, Extension extension) {
    extensions.add(extension);
    return extensions;
  }
}
