/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.ClientKeyShares;
import dev.reprise.engine.wire.EarlyDataIndication;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.KeyShareEntry;
import dev.reprise.engine.wire.Limits;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.PskIdentity;
import dev.reprise.engine.wire.PskKeyExchangeModes;
import dev.reprise.engine.wire.RetryKeyShare;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.SupportedGroups;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a TLS 1.3 server takes, and what it refuses with which alert, from a client with a script.
 */
final class Tls13ServerRulesTest {
  private final TestServer setup = new TestServer(FakeClock.create());
  private final TlsConnection server = setup.connection();
  private final ScriptedClient client;

  Tls13ServerRulesTest() throws TlsException {
    client = new ScriptedClient(server, NamedGroup.X25519);
  }

  private void refuses(AlertDescription alert, UnaryOperator<List<Extension>> change) {
    refuses(alert, client.hello(change));
  }

  private void refuses(AlertDescription alert, ClientHello hello) {
    TlsException failure = assertThrows(TlsException.class, () -> client.send(hello));
    assertEquals(alert, failure.alert());
    assertTrue(server.hasPendingOutput(), "the alert waits to be sent");
  }

  @Test
  void connectsWithAClientOfParts() throws TlsException {
    client.send(client.hello(UnaryOperator.identity()));
    client.finish();
    assertTrue(server.isConnected());
  }

  @Test
  void answersManyRequestsForKeyUpdatesByOne() throws TlsException {
    client.send(client.hello(UnaryOperator.identity()));
    client.finish();
    byte[] data = {1, 2, 3};
    assertEquals(0, client.keyUpdatesBefore(data));
    for (int i = 0; i < 5; i++) {
      client.requestKeyUpdate();
    }
    assertFalse(server.hasPendingOutput(), "the answer comes with the next application data");
    assertEquals(1, client.keyUpdatesBefore(data));
    assertEquals(0, client.keyUpdatesBefore(data));
  }

  @Test
  @Upholds({"Q1", "Q9"})
  void skipsEarlyDataInTheFirstFlight() throws TlsException {
    client.send(client.hello(Tls13ServerRulesTest::withEarlyData));
    client.sendGarbage(8_000);
    client.sendGarbage(8_000);
    client.finish();
    assertTrue(server.isConnected());
    assertEquals(new ResumptionOutcome.Full(MissReason.UNKNOWN_KEY, null), server.resumption());
  }

  @Test
  void skipsEarlyDataThatHasNoPsk() throws TlsException {
    client.send(client.hello(extensions -> added(extensions, new EarlyDataIndication())));
    client.sendGarbage(8_000);
    client.finish();
    assertTrue(server.isConnected());
  }

  @Test
  void refusesWhatComesBehindTheHelloBeforeItIsAnswered() throws TlsException {
    setup.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient hasty = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    ClientHello hello = hasty.hello(UnaryOperator.identity());
    // A HelloRetryRequest changes no keys, at which the beginning of a message would be noticed.
    TlsException failure =
        assertThrows(TlsException.class, () -> hasty.sendPacked(hello, new byte[] {1, 0}));
    assertEquals(AlertDescription.UNEXPECTED_MESSAGE, failure.alert());
  }

  @Test
  @Refuses("Q9")
  void endsAtEarlyDataBeyondTheLimit() throws TlsException {
    client.send(client.hello(Tls13ServerRulesTest::withEarlyData));
    client.sendGarbage(16_000);
    TlsException failure = assertThrows(TlsException.class, () -> client.sendGarbage(1_000));
    assertEquals(AlertDescription.UNEXPECTED_MESSAGE, failure.alert());
  }

  @Test
  void doesNotSkipWhatWasNotAnnounced() throws TlsException {
    client.send(client.hello(UnaryOperator.identity()));
    TlsException failure = assertThrows(TlsException.class, () -> client.sendGarbage(100));
    assertEquals(AlertDescription.BAD_RECORD_MAC, failure.alert());
  }

  @Test
  @Upholds("Q9")
  void skipsEarlyDataBeforeTheSecondHello() throws TlsException {
    setup.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient retried = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    retried.send(retried.hello(Tls13ServerRulesTest::withEarlyData));
    retried.sendGarbage(8_000);
    answer(retried);
    retried.send(retried.hello(Tls13ServerRulesTest::withPsk));
    retried.finish();
    assertTrue(retried.server.isConnected());
  }

  @Test
  @Refuses("Q13")
  void refusesEarlyDataInTheSecondHello() throws TlsException {
    setup.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient retried = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    retried.send(retried.hello(Tls13ServerRulesTest::withEarlyData));
    answer(retried);
    TlsException failure =
        assertThrows(
            TlsException.class,
            () -> retried.send(retried.hello(Tls13ServerRulesTest::withEarlyData)));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, failure.alert());
  }

  @Test
  @Refuses("E12")
  void refusesASecondHelloThatDiffers() throws TlsException {
    setup.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient retried = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    retried.send(retried.hello(UnaryOperator.identity()));
    answer(retried);
    TlsException failure =
        assertThrows(
            TlsException.class,
            () ->
                retried.send(
                    retried.hello(extensions ->
                        replaced(
                            extensions, new SignatureAlgorithms(Uint16List.of(0x0403, 0x0804))))));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, failure.alert());
  }

  @Test
  @Refuses("E11")
  void refusesASecondHelloWithoutTheTicketOfTheFirst() throws TlsException {
    PskIdentity ticket = new PskIdentity(ticket(), 0);
    setup.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient retried = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    retried.send(
        retried.hello(extensions ->
            added(
                added(extensions, new PskKeyExchangeModes(Opaque.copyOf((byte) 1))),
                new OfferedPsks(List.of(ticket), List.of(binder())))));
    answer(retried);
    TlsException failure =
        assertThrows(
            TlsException.class,
            () ->
                retried.send(
                    retried.hello(extensions ->
                        added(extensions, new PskKeyExchangeModes(Opaque.copyOf((byte) 1))))));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, failure.alert());
  }

  /** RFC 8446, Section 4.1.2 has a client drop what does not fit; whatever cannot be opened may. */
  @Test
  @Upholds("E11")
  void takesASecondHelloWithoutATicketThatNobodyCanOpen() throws TlsException {
    setup.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient retried = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    retried.send(retried.hello(Tls13ServerRulesTest::withPsk));
    answer(retried);
    retried.send(
        retried.hello(
            extensions -> added(extensions, new PskKeyExchangeModes(Opaque.copyOf((byte) 1)))));
    retried.finish();
    assertTrue(retried.server.isConnected());
  }

  private Opaque ticket() throws TlsException {
    TestClient first = new TestClient(setup.clock);
    first.suites = List.of(ScriptedClient.SUITE);
    TamperingStore received = new TamperingStore();
    first.sessions = received;
    Pair.connect(first, setup).connected();
    return Objects.requireNonNull(received.take(first.key())).ticket();
  }

  @Test
  void refusesASecondHelloWithoutTheShareAskedFor() throws TlsException {
    setup.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient retried = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    retried.send(retried.hello(UnaryOperator.identity()));
    retried.retryRequest();
    TlsException failure =
        assertThrows(
            TlsException.class, () -> retried.send(retried.hello(UnaryOperator.identity())));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, failure.alert());
  }

  private static void answer(ScriptedClient retried) throws TlsException {
    ServerHello request = retried.retryRequest();
    assertTrue(request.isHelloRetryRequest());
    RetryKeyShare share = Objects.requireNonNull(request.extensions().find(RetryKeyShare.class));
    assertEquals(NamedGroup.SECP256R1.code(), share.group());
    retried.useGroup(NamedGroup.SECP256R1);
  }

  @Test
  @Refuses("E5")
  void refusesAPskThatIsNotTheLastExtension() {
    refuses(
        AlertDescription.ILLEGAL_PARAMETER,
        extensions -> {
          List<Extension> psk = withPsk(extensions);
          psk.add(0, psk.removeLast());
          return psk;
        });
  }

  @Test
  @Refuses("E1")
  void refusesAPskWithoutItsModes() {
    refuses(
        AlertDescription.MISSING_EXTENSION,
        extensions -> {
          List<Extension> psk = withPsk(extensions);
          psk.removeIf(PskKeyExchangeModes.class::isInstance);
          return psk;
        });
  }

  @Test
  @Refuses("E6")
  void refusesFewerBindersThanIdentities() {
    refuses(
        AlertDescription.ILLEGAL_PARAMETER,
        extensions ->
            added(
                added(extensions, new PskKeyExchangeModes(Opaque.copyOf((byte) 1))),
                new OfferedPsks(List.of(identity(), identity()), List.of(binder()))));
  }

  @Test
  @Refuses({"E2", "E4", "F5"})
  void servesAClientThatOffersOnlyPskKe() throws TlsException {
    client.send(
        client.hello(extensions ->
            added(
                added(extensions, new PskKeyExchangeModes(Opaque.copyOf((byte) 0))),
                new OfferedPsks(List.of(identity()), List.of(binder())))));
    client.finish();
    assertEquals(
        new ResumptionOutcome.Full(MissReason.KEY_EXCHANGE_MODE, null), server.resumption());
  }

  @Test
  @Upholds({"E7", "E8"})
  void looksAtFourIdentitiesAndIgnoresTheRest() throws TlsException {
    client.send(
        client.hello(extensions ->
            added(
                added(extensions, new PskKeyExchangeModes(Opaque.copyOf((byte) 1))),
                new OfferedPsks(
                    java.util.Collections.nCopies(100, identity()),
                    java.util.Collections.nCopies(100, binder())))));
    client.finish();
    assertTrue(server.isConnected());
  }

  @Test
  void refusesTwoSharesOfOneGroup() {
    refuses(
        AlertDescription.ILLEGAL_PARAMETER,
        extensions -> replaced(extensions, new ClientKeyShares(List.of(share(), share()))));
  }

  @Test
  void refusesAShareOfAGroupThatIsNotOffered() {
    refuses(
        AlertDescription.ILLEGAL_PARAMETER,
        extensions ->
            replaced(
                extensions,
                new ClientKeyShares(
                    List.of(
                        new KeyShareEntry(NamedGroup.SECP384R1.code(), Opaque.copyOf((byte) 1))))));
  }

  /** Each is looked for in the groups offered and among the shares before it. */
  @Test
  void refusesMoreSharesThanItLooksAt() throws TlsException {
    client.send(client.hello(extensions -> withShares(extensions, Limits.KEY_SHARES)));
    client.finish();
    assertTrue(server.isConnected());
    ScriptedClient eager = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    TlsException failure =
        assertThrows(
            TlsException.class,
            () ->
                eager.send(
                    eager.hello(extensions -> withShares(extensions, Limits.KEY_SHARES + 1))));
    assertEquals(AlertDescription.DECODE_ERROR, failure.alert());
  }

  /** The one that is there, and as many of groups that nobody knows as make {@code count}. */
  private static List<Extension> withShares(List<Extension> extensions, int count) {
    List<KeyShareEntry> shares = new ArrayList<>();
    int[] groups = new int[count];
    for (Extension extension : extensions) {
      if (extension instanceof ClientKeyShares(List<KeyShareEntry> usual)) {
        shares.addAll(usual);
      }
    }
    groups[0] = shares.getFirst().group();
    for (int i = 1; i < count; i++) {
      groups[i] = 0x8000 + i;
      shares.add(new KeyShareEntry(groups[i], Opaque.copyOf((byte) 1)));
    }
    return replaced(
        replaced(extensions, new ClientKeyShares(shares)),
        new SupportedGroups(Uint16List.of(groups)));
  }

  /** RFC 8446, Appendix D.5: that is SSL 3.0, whatever supported_versions says. */
  @Test
  void refusesTheVersionOfSsl30() {
    ClientHello hello = client.hello(UnaryOperator.identity());
    refuses(
        AlertDescription.PROTOCOL_VERSION,
        new ClientHello(
            0x0300,
            hello.random(),
            hello.sessionId(),
            hello.cipherSuites(),
            hello.compressionMethods(),
            hello.extensions()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33})
  void refusesAShareOfTheWrongLength(int length) {
    refuses(
        AlertDescription.ILLEGAL_PARAMETER,
        extensions ->
            replaced(
                extensions,
                new ClientKeyShares(
                    List.of(
                        new KeyShareEntry(
                            NamedGroup.X25519.code(), Opaque.takeOver(new byte[length]))))));
  }

  @Test
  void refusesAShareOfLowOrder() {
    refuses(
        AlertDescription.ILLEGAL_PARAMETER,
        extensions ->
            replaced(
                extensions,
                new ClientKeyShares(
                    List.of(
                        new KeyShareEntry(
                            NamedGroup.X25519.code(), Opaque.takeOver(new byte[32]))))));
  }

  @Test
  void refusesAHelloWithoutTheExtensionsItNeeds() throws TlsException {
    for (Class<? extends Extension> needed :
        List.of(SupportedGroups.class, SignatureAlgorithms.class, ClientKeyShares.class)) {
      ScriptedClient lacking = new ScriptedClient(setup.connection(), NamedGroup.X25519);
      TlsException failure =
          assertThrows(
              TlsException.class,
              () ->
                  lacking.send(
                      lacking.hello(extensions -> {
                        extensions.removeIf(needed::isInstance);
                        return extensions;
                      })));
      assertEquals(AlertDescription.MISSING_EXTENSION, failure.alert(), needed.getSimpleName());
    }
  }

  @Test
  void refusesCompression() {
    ClientHello hello = client.hello(UnaryOperator.identity());
    refuses(
        AlertDescription.ILLEGAL_PARAMETER,
        new ClientHello(
            hello.legacyVersion(),
            hello.random(),
            hello.sessionId(),
            hello.cipherSuites(),
            Opaque.copyOf((byte) 0, (byte) 1),
            hello.extensions()));
  }

  @Test
  @Refuses("E6")
  void refusesAWrongBinderOfATicketThatOpens() throws TlsException {
    TestClient ours = new TestClient(setup.clock);
    TamperingStore sessions = new TamperingStore();
    ours.sessions = sessions;
    Pair.connect(ours, setup).connected();
    setup.policy =
        new dev.reprise.engine.resumption.ResumptionPolicy(
            setup.policy.ticketLifetime(),
            setup.policy.authenticationLifetimeTls13(),
            setup.policy.authenticationLifetimeTls12(),
            2,
            1,
            true,
            setup.policy.name());
    ScriptedClient forger = new ScriptedClient(setup.connection(), NamedGroup.X25519);
    PskIdentity stolen = new PskIdentity(sessions.ticket(), 0);
    TlsException failure =
        assertThrows(
            TlsException.class,
            () ->
                forger.send(
                    forger.hello(extensions ->
                        added(
                            added(extensions, new PskKeyExchangeModes(Opaque.copyOf((byte) 1))),
                            new OfferedPsks(List.of(stolen), List.of(binder()))))));
    assertEquals(AlertDescription.DECRYPT_ERROR, failure.alert());
    assertEquals(
        new ResumptionOutcome.Refused(dev.reprise.engine.resumption.RefusalReason.BINDER_MISMATCH),
        forger.server.resumption());
  }

  private KeyShareEntry share() {
    return new KeyShareEntry(NamedGroup.X25519.code(), client.share.share());
  }

  private static PskIdentity identity() {
    return new PskIdentity(Opaque.takeOver(new byte[40]), 0);
  }

  private static Opaque binder() {
    return Opaque.takeOver(new byte[32]);
  }

  private static List<Extension> withPsk(List<Extension> extensions) {
    return added(
        added(extensions, new PskKeyExchangeModes(Opaque.copyOf((byte) 1))),
        new OfferedPsks(List.of(identity()), List.of(binder())));
  }

  private static List<Extension> withEarlyData(List<Extension> extensions) {
    return withPsk(added(extensions, new EarlyDataIndication()));
  }

  private static List<Extension> added(List<Extension> extensions, Extension extension) {
    extensions.add(extension);
    return extensions;
  }

  private static List<Extension> replaced(List<Extension> extensions, Extension extension) {
    extensions.replaceAll(e -> e.getClass() == extension.getClass() ? extension : e);
    return extensions;
  }
}
