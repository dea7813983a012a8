/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.Mutation;
import dev.reprise.testkit.Mutations;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions, sessions that go to another port, and sessions that leave the process. */
final class ClientResumptionTest {
  private static final SecretKey KEY = key(1);
  private static final int CONTROL_PORT = 21;
  private static final int DATA_PORT = 40_123;

  private final FakeClock clock = FakeClock.create();
  private final SSLContext ours = Contexts.ourServer(Contexts.SERVER).clock(clock).build();

  static Stream<Contexts.Case> cases() {
    return Contexts.casesWithOurClient();
  }

  private static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SecretKeySpec(bytes, "AES");
  }

  private SSLContext client() {
    return Contexts.ourClient().clock(clock).build();
  }

  private SSLEngine connect(SSLEngine client, SSLContext server) throws Exception {
    client.setUseClientMode(true);
    SSLEngine other = server.createSSLEngine();
    other.setUseClientMode(false);
    EnginePair pair = EnginePair.of(client, other).handshake();
    byte[] unused = pair.send(Side.SERVER, new byte[] {1});
    assertEquals(1, unused.length);
    pair.close(Side.CLIENT);
    return client;
  }

  private static SSLEngine engine(SSLContext context, String version, int port) {
    SSLEngine engine = context.createSSLEngine(Contexts.HOST, port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {version});
    Contexts.configure(
        engine, parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
    return engine;
  }

  private static boolean resumed(SSLEngine engine) {
    return Reprise.outcome(engine.getSession()) instanceof ResumptionOutcome.Resumed;
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  @Refuses("E22")
  void partitionsHaveNothingInCommon(String version) throws Exception {
    SSLContext context = client();
    for (String partition : List.of("one", "two", "")) {
      SSLEngine first = engine(context, version, 443);
      ClientResumption.partition(first, partition);
      assertEquals(false, resumed(connect(first, ours)), partition);
    }
    SSLEngine again = engine(context, version, 443);
    ClientResumption.partition(again, "one");
    assertTrue(resumed(connect(again, ours)));
    assertTrue(resumed(connect(engine(context, version, 443), ours)));
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  @Upholds("E22")
  void aBuildersPartitionIsThatOfAllItsEngines(String version) throws Exception {
    SSLContext context = Contexts.ourClient().clock(clock).partition("tenant").build();
    connect(engine(context, version, 443), ours);
    SSLEngine named = engine(context, version, 443);
    ClientResumption.partition(named, "tenant");
    assertTrue(resumed(connect(named, ours)));
    SSLEngine other = engine(context, version, 443);
    ClientResumption.partition(other, "other");
    assertEquals(false, resumed(connect(other, ours)));
  }

  /** Against SunJSSE's server too. */
  @ParameterizedTest
  @MethodSource("cases")
  void aDataConnectionResumesItsControlConnection(Contexts.Case each) throws Exception {
    SSLContext context = Contexts.ourClient().build();
    SSLContext server = each.server();
    SSLEngine control = connect(engine(context, each.version(), CONTROL_PORT), server);
    SSLEngine stranger = engine(context, each.version(), DATA_PORT);
    assertEquals(false, resumed(connect(stranger, server)));
    for (int i = 0; i < 3; i++) {
      SSLEngine data = engine(context, each.version(), DATA_PORT + 1 + i);
      ClientResumption.resume(data, control);
      assertTrue(resumed(connect(data, server)), "data connection " + i);
    }
  }

  @Test
  void aDataConnectionResumesItsOwnControlConnectionOnly() throws Exception {
    SSLContext context = client();
    SSLEngine[] controls = new SSLEngine[2];
    for (int i = 0; i < 2; i++) {
      controls[i] = engine(context, Contexts.TLS12, CONTROL_PORT);
      ClientResumption.partition(controls[i], "control " + i);
      connect(controls[i], ours);
      clock.advance(Duration.ofSeconds(1));
    }
    for (SSLEngine control : controls) {
      SSLEngine data = engine(context, Contexts.TLS12, DATA_PORT);
      ClientResumption.resume(data, control);
      connect(data, ours);
      assertTrue(resumed(data));
      assertEquals(control.getSession().getCreationTime(), data.getSession().getCreationTime());
    }
  }

  @Test
  void aStricterDataConnectionDoesNotResumeACarelessControlConnection() throws Exception {
    SSLContext context = client();
    SSLEngine careless = context.createSSLEngine(Contexts.HOST, CONTROL_PORT);
    connect(careless, ours);
    SSLEngine data = engine(context, Contexts.TLS13, DATA_PORT);
    ClientResumption.resume(data, careless);
    assertEquals(false, resumed(connect(data, ours)));
  }

  @Test
  void onlyEnginesOfOneContextShareSessionsBeforeTheirHandshake() throws Exception {
    SSLContext context = client();
    SSLEngine control = connect(engine(context, Contexts.TLS13, CONTROL_PORT), ours);
    SSLEngine elsewhere = engine(client(), Contexts.TLS13, DATA_PORT);
    assertThrows(IllegalArgumentException.class, () -> ClientResumption.resume(elsewhere, control));
    SSLEngine late = connect(engine(context, Contexts.TLS13, DATA_PORT), ours);
    assertThrows(IllegalStateException.class, () -> ClientResumption.resume(late, control));
    assertThrows(IllegalStateException.class, () -> ClientResumption.partition(late, "p"));
    SSLEngine sun = Contexts.sun(null).createSSLEngine(Contexts.HOST, DATA_PORT);
    assertThrows(IllegalArgumentException.class, () -> ClientResumption.resume(sun, control));
  }

  /** Against SunJSSE's server too. */
  @ParameterizedTest
  @MethodSource("cases")
  @Upholds("A10")
  void anExportedSessionResumesInAnotherContext(Contexts.Case each) throws Exception {
    SSLContext server = each.server();
    SSLEngine first = engine(Contexts.ourClient().build(), each.version(), 443);
    connect(first, server);
    byte[] exported = Objects.requireNonNull(ClientResumption.exportSession(first, KEY));
    SSLEngine second = engine(Contexts.ourClient().build(), each.version(), 443);
    ClientResumption.importSession(second, exported, KEY);
    assertTrue(resumed(connect(second, server)));
  }

  @Test
  void aTls13ExportIsAMoveAndATls12ExportACopy() throws Exception {
    SSLContext context = client();
    SSLEngine tls13 = connect(engine(context, Contexts.TLS13, 443), ours);
    assertTrue(ClientResumption.exportSession(tls13, KEY) != null);
    assertTrue(ClientResumption.exportSession(tls13, KEY) != null, "there were two tickets");
    assertNull(ClientResumption.exportSession(tls13, KEY));
    assertEquals(false, resumed(connect(engine(context, Contexts.TLS13, 443), ours)));
    SSLEngine tls12 = connect(engine(client(), Contexts.TLS12, 443), ours);
    assertTrue(ClientResumption.exportSession(tls12, KEY) != null);
    assertTrue(ClientResumption.exportSession(tls12, KEY) != null);
  }

  private byte[] exported(String version) throws Exception {
    SSLEngine engine = connect(engine(client(), version, 443), ours);
    return Objects.requireNonNull(ClientResumption.exportSession(engine, KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  @Refuses("A10")
  void refusesEveryChangedOrMissingByte(String version) throws Exception {
    byte[] exported = exported(version);
    SSLEngine engine = engine(client(), version, 443);
    for (Mutation mutation : Mutations.all(exported).toList()) {
      assertThrows(
          SSLException.class,
          () -> ClientResumption.importSession(engine, mutation.bytes(), KEY),
          mutation.description());
    }
    assertEquals(false, resumed(connect(engine, ours)));
  }

  @Test
  void refusesWhatWasMadeForSomebodyElse() throws Exception {
    byte[] exported = exported(Contexts.TLS13);
    SSLContext context = client();
    refuses(exported, key(2), engine(context, Contexts.TLS13, 443), _ -> {});
    refuses(exported, KEY, engine(context, Contexts.TLS13, 444), _ -> {});
    refuses(exported, KEY, context.createSSLEngine("other.example", 443), _ -> {});
    refuses(
        exported,
        KEY,
        engine(context, Contexts.TLS13, 443),
        engine -> ClientResumption.partition(engine, "other"));
    refuses(
        exported,
        KEY,
        engine(context, Contexts.TLS13, 443),
        engine ->
            Contexts.configure(
                engine, parameters -> parameters.setEndpointIdentificationAlgorithm("LDAPS")));
  }

  private static void refuses(
      byte[] exported, SecretKey key, SSLEngine engine, Consumer<SSLEngine> change) {
    change.accept(engine);
    assertThrows(SSLException.class, () -> ClientResumption.importSession(engine, exported, key));
  }

  @Test
  void refusesWhatHasExpired() throws Exception {
    byte[] exported = exported(Contexts.TLS13);
    clock.advance(Duration.ofHours(6));
    SSLEngine engine = engine(client(), Contexts.TLS13, 443);
    SSLException failure =
        assertThrows(
            SSLException.class, () -> ClientResumption.importSession(engine, exported, KEY));
    assertTrue(Observed.message(failure).contains("expired"));
  }

  @Test
  void namesAKeyThatIsNone() throws Exception {
    byte[] exported = exported(Contexts.TLS13);
    SSLEngine engine = engine(client(), Contexts.TLS13, 443);
    SecretKey shorter = new SecretKeySpec(new byte[16], "AES");
    assertThrows(
        IllegalArgumentException.class,
        () -> ClientResumption.importSession(engine, exported, shorter));
    SSLEngine nameless = client().createSSLEngine();
    assertThrows(
        IllegalArgumentException.class,
        () -> ClientResumption.importSession(nameless, exported, KEY));
  }

  /** Addresses are not among the server names that sessions are compared by. */
  @ParameterizedTest
  @ValueSource(strings = {"", "HTTPS"})
  void aDataConnectionToAnotherNameIsIdentifiedWhereThatIsAskedFor(String identification) {
    SSLContext context = client();
    SSLEngine control = context.createSSLEngine("192.0.2.1", CONTROL_PORT);
    RepriseEngine data = (RepriseEngine) context.createSSLEngine("192.0.2.2", DATA_PORT);
    for (SSLEngine engine : List.of(control, data)) {
      engine.setUseClientMode(true);
      Contexts.configure(
          engine, parameters -> parameters.setEndpointIdentificationAlgorithm(identification));
    }
    ClientResumption.resume(data, control);
    String host = identification.isEmpty() ? "192.0.2.1" : "192.0.2.2";
    assertEquals(host, Objects.requireNonNull(data.sessionKey()).host());
  }
}
