/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.gateway.TlsProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the command line asks for.
 *
 * @param suites in their order; all of them if nothing is named
 * @param sessions whether remembered sessions are measured, which is no matter of JMH
 * @param store whether sessions in Redis are measured, which needs a redis-server
 * @param fleet whether a fleet is put under load, which nobody means who names nothing
 * @param rate handshakes a second on it; empty: as many as its load has by itself
 * @param killRedis whether its Redis is killed meanwhile
 * @param providers of the fleet's nodes, one after the other
 * @param connections whether frontends are measured over loopback
 * @param allocations whether allocated bytes are compared with those that were kept
 * @param renew whether they are kept now
 * @param output the folder for JSON and logs
 */
record Arguments(
    List<Suite> suites,
    boolean sessions,
    boolean store,
    boolean fleet,
    OptionalInt rate,
    boolean killRedis,
    List<TlsProvider> providers,
    boolean connections,
    boolean allocations,
    boolean renew,
    Effort effort,
    Choice choice,
    Path output) {
  private static final int LOWEST_RATE = 10;
  private static final int HIGHEST_RATE = 5_000;

  static final String USAGE =
      """
      usage: bench/run [handshakes|records|tickets|sessions|store|fleet|connections|allocations]...
                       [--quick] [--peers LIST] [--groups LIST] [--certificates LIST]
                       [--rate N] [--kill-redis] [--provider LIST] [--renew]
        handshakes   in memory, full and resumed: time and allocated bytes of either side; the
                     peers of a line by turns, which takes 1.2 GB of memory for each
        records      sealing and opening long records of application data
        tickets      sealing and opening sessions, and opening junk
        sessions     memory that remembered sessions take, and how fast they are found
        store        memory that sessions take in Redis, and what its commands cost; only if it
                     is named, since it starts a redis-server
        fleet        10,000 clients that come back to three nodes for two minutes, while all nodes
                     are started anew: whether their sessions resume (only if it is named)
        connections  over loopback, through this gateway, nginx, HAProxy and a server of Netty's
                     (only if it is named)
        allocations  bytes that handshakes allocate, and those that ./check compares them with
        --quick      one round of short runs with fewer peers, x25519 and ECDSA: ratios within
                     some 10%, for a first look
        --peers      of handshakes, with a comma between: reprise, reprise-jdk (nothing but the
                     JDK's cryptography), sunjsse, sunjsse-corretto, bcjsse, conscrypt, netty, openssl
        --groups     of handshakes: x25519, secp256r1, x25519mlkem768
        --certificates   of full handshakes: ecdsa, rsa
        --rate           of fleet: handshakes a second, 10 to 5000 (500), by 20 times as many clients
        --kill-redis     of fleet: Redis is killed, and started again after 20 s
        --provider   of fleet: Reprise, SunJSSE (which shares nothing), or both, one after the
                     other
        --renew          of allocations: those of now are kept for ./check\
      """;

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Arguments parse(List<String> arguments) {
    List<Suite> suites = new ArrayList<>();
    boolean sessions = false;
    boolean store = false;
    boolean fleet = false;
    OptionalInt rate = OptionalInt.empty();
    boolean killRedis = false;
    List<TlsProvider> providers = List.of(TlsProvider.REPRISE, TlsProvider.SUN_JSSE);
    boolean connections = false;
    boolean allocations = false;
    boolean renew = false;
    boolean quick = arguments.contains("--quick");
    Choice choice = quick ? Choice.QUICK : Choice.ALL;
    Path output = Path.of("bench", "target");
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--quick" -> {}
        case "sessions" -> sessions = true;
        case "store" -> store = true;
        case "fleet" -> fleet = true;
        case "--rate" -> rate = OptionalInt.of(rate(value(argument, rest)));
        case "--kill-redis" -> killRedis = true;
        case "--provider" -> providers = providers(value(argument, rest));
        case "connections" -> connections = true;
        case "allocations" -> allocations = true;
        case "--renew" -> renew = true;
        case "--peers" -> choice = choice.withPeers(value(argument, rest));
        case "--groups" -> choice = choice.withGroups(value(argument, rest));
        case "--certificates" -> choice = choice.withCertificates(value(argument, rest));
        case "--output" -> output = Path.of(value(argument, rest));
        default -> suites.add(Suite.named(argument));
      }
    }
    boolean all = suites.isEmpty() && !sessions && !store && !fleet && !connections && !allocations;
    return new Arguments(
        all ? List.of(Suite.values()) : List.copyOf(suites),
        all || sessions,
        store,
        fleet,
        rate,
        killRedis,
        providers,
        connections,
        all || allocations,
        renew,
        quick ? Effort.QUICK : Effort.USUAL,
        choice,
        output);
  }

  private static int rate(String text) {
    try {
      int rate = Integer.parseInt(text);
      if (rate >= LOWEST_RATE && rate <= HIGHEST_RATE) {
        return rate;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException("--rate is a number from 10 to 5000, not " + text);
  }

  private static List<TlsProvider> providers(String list) {
    return Stream.of(list.split(",", -1)).map(Arguments::provider).toList();
  }

  private static TlsProvider provider(String name) {
    return Stream.of(TlsProvider.values())
        .filter(each -> each.providerName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no provider " + name));
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
