/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.TestAuthority;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where a session may be resumed, and where not: every way to remember it, under every name, rule
 * for client certificates, and pair of servers. The client offers it everywhere, whatever it should
 * think. "STEK Sharing is Not Caring" (USENIX Security 2025) and CVE-2025-23419, CVE-2025-23048 and
 * CVE-2025-68121 are cells of this matrix.
 */
final class ScopeMatrixTest {
  /** How a server remembers. */
  enum Memory {
    SESSION_ID(ProtocolVersion.TLS12),
    TICKET(ProtocolVersion.TLS12),
    PSK(ProtocolVersion.TLS13),
    STATEFUL_TICKET(ProtocolVersion.TLS13);

    final ProtocolVersion version;

    Memory(ProtocolVersion version) {
      this.version = version;
    }
  }

  /** The server that the session is offered to. */
  enum Place {
    SAME_SERVER,
    OTHER_PORT,
    OTHER_KEYS
  }

  /** Whose client certificates are accepted. */
  enum Authorities {
    ONE,
    ANOTHER
  }

  record Rule(ClientAuthentication mode, Authorities authorities) {}

  record Names(@Nullable String first, @Nullable String second) {}

  record Cell(Memory memory, Names names, Rule first, Rule second, Place place) {}

  private record Server(Memory memory, Authorities authorities, Place place) {}

  private record Granted(Memory memory, @Nullable String name, Rule rule) {}

  private static final FakeClock CLOCK = FakeClock.create();
  private static final List<ServerIdentity> HOSTS =
      Stream.of("a.example", "b.example", "*.wild.example")
          .map(name -> issue(LeafRequest.server(KeyKind.ECDSA_P256, name)))
          .map(Contexts::serverIdentity)
          .toList();
  private static final List<TestIdentity> CLIENTS =
      List.of(
          Contexts.CLIENT,
          TestCertificates.otherAuthority()
              .issue(LeafRequest.client(KeyKind.ECDSA_P256, "client.example")));

  private static final Map<Boolean, RotatingStekSource> KEYS =
      Map.of(true, keys(1), false, keys(2));
  private static final Map<Boolean, MemorySessionStore> STORES =
      Map.of(
          true,
          new MemorySessionStore(1 << 24, CLOCK, SeededRandom.of(1)),
          false,
          new MemorySessionStore(1 << 24, CLOCK, SeededRandom.of(1)));
  private static final Map<Server, SSLContext> SERVERS = new ConcurrentHashMap<>();
  private static final Map<Granted, ClientSession> GRANTED = new ConcurrentHashMap<>();
  private static final AtomicInteger RESUMED = new AtomicInteger();
  private static final AtomicInteger KEPT_APART = new AtomicInteger();

  static List<Names> names() {
    return List.of(
        new Names("a.example", "a.example"),
        new Names("a.example", "A.EXAMPLE"),
        new Names("A.Example", "a.example"),
        new Names("a.example", "a.example."),
        new Names("a.example", "b.example"),
        new Names("b.example", "a.example"),
        new Names("a.example", null),
        new Names(null, "a.example"),
        new Names(null, null),
        new Names("x.wild.example", "X.wild.example."),
        new Names("x.wild.example", "y.wild.example"),
        new Names("unknown.example", "a.example"));
  }

  static List<Rule[]> rules() {
    Rule none = new Rule(ClientAuthentication.NONE, Authorities.ONE);
    Rule want = new Rule(ClientAuthentication.WANT, Authorities.ONE);
    Rule need = new Rule(ClientAuthentication.NEED, Authorities.ONE);
    Rule wantOther = new Rule(ClientAuthentication.WANT, Authorities.ANOTHER);
    Rule needOther = new Rule(ClientAuthentication.NEED, Authorities.ANOTHER);
    return List.of(
        new Rule[] {none, none},
        new Rule[] {want, want},
        new Rule[] {need, need},
        new Rule[] {none, want},
        new Rule[] {none, need},
        new Rule[] {want, need},
        new Rule[] {need, want},
        new Rule[] {need, none},
        new Rule[] {want, wantOther},
        new Rule[] {need, needOther});
  }

  static Stream<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Memory memory : Memory.values()) {
      for (Names names : names()) {
        for (Rule[] rules : rules()) {
          for (Place place : Place.values()) {
            cells.add(new Cell(memory, names, rules[0], rules[1], place));
          }
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  @Upholds({"D7", "F6"})
  @Refuses({"D7", "D4", "F6"})
  void resumesWhereScopeAndNameAreEqualAndNowhereElse(Cell cell) throws Exception {
    SSLEngine engine = engine(cell.memory(), cell.second(), cell.place());
    client(cell.memory(), cell.names().second()).offering(granted(cell)).connect(engine);
    boolean resumed = Observed.outcome(engine) instanceof ResumptionOutcome.Resumed;
    assertEquals(isAllowed(cell), resumed, () -> "" + Observed.outcome(engine));
    (resumed ? RESUMED : KEPT_APART).incrementAndGet();
  }

  @AfterAll
  static void tellTheCount() {
    System.out.println(
        "scope matrix: "
            + (RESUMED.get() + KEPT_APART.get())
            + " cells; "
            + RESUMED
            + " of equal scope and name, all resumed; "
            + KEPT_APART
            + " others, none resumed");
    assertTrue(RESUMED.get() > 0 && KEPT_APART.get() > 0);
  }

  private static boolean isAllowed(Cell cell) {
    boolean anyoneEnters = cell.second().mode() == ClientAuthentication.NONE;
    boolean sameRule =
        anyoneEnters
            ? cell.first().mode() == ClientAuthentication.NONE
            : cell.first().equals(cell.second());
    return sameRule
        && Objects.equals(normal(cell.names().first()), normal(cell.names().second()))
        && cell.place() != Place.OTHER_KEYS;
  }

  private static @Nullable String normal(@Nullable String name) {
    return name == null ? null : name.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
  }

  /** A session of the first server; single-use ones are made anew for each cell. */
  private static ClientSession granted(Cell cell) throws Exception {
    Granted wanted = new Granted(cell.memory(), cell.names().first(), cell.first());
    ClientSession known = GRANTED.get(wanted);
    if (known == null) {
      SSLEngine engine = engine(wanted.memory(), wanted.rule(), Place.SAME_SERVER);
      known = Objects.requireNonNull(client(wanted.memory(), wanted.name()).connect(engine));
      if (cell.memory() != Memory.STATEFUL_TICKET) {
        GRANTED.put(wanted, known);
      }
    }
    return known;
  }

  private static RawClient client(Memory memory, @Nullable String name) {
    return new RawClient(CLOCK, memory.version, name, CLIENTS);
  }

  private static SSLEngine engine(Memory memory, Rule rule, Place place) {
    SSLContext context =
        SERVERS.computeIfAbsent(
            new Server(memory, rule.authorities(), place), ScopeMatrixTest::context);
    SSLEngine engine = context.createSSLEngine();
    switch (rule.mode()) {
      case NONE -> engine.setNeedClientAuth(false);
      case WANT -> engine.setWantClientAuth(true);
      case NEED -> engine.setNeedClientAuth(true);
    }
    return engine;
  }

  private static SSLContext context(Server server) {
    boolean shared = server.place() != Place.OTHER_KEYS;
    TestAuthority authority =
        server.authorities() == Authorities.ONE
            ? TestCertificates.authority()
            : TestCertificates.otherAuthority();
    RepriseServer builder =
        Reprise.server()
            .identities(HOSTS)
            .clock(CLOCK)
            .clientAuthentication(
                ClientAuthentication.NONE, Contexts.trustManager(authority.trustManagers()))
            .sessionStore(Objects.requireNonNull(STORES.get(shared)));
    return switch (server.memory()) {
      case SESSION_ID -> builder.withoutTickets().build();
      case TICKET, PSK -> builder.tickets(Objects.requireNonNull(KEYS.get(shared))).build();
      case STATEFUL_TICKET ->
          builder.tickets(Objects.requireNonNull(KEYS.get(shared))).statefulTickets(true).build();
    };
  }

  private static TestIdentity issue(LeafRequest request) {
    return TestCertificates.authority().issue(request);
  }

  private static RotatingStekSource keys(long seed) {
    return new RotatingStekSource(
        CLOCK, SeededRandom.of(seed), Duration.ofHours(6), Duration.ofHours(6));
  }
}
