/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param suites in their order; all of them if nothing is named
 * @param sessions whether remembered sessions are measured, which is no matter of JMH
 * @param store whether sessions in Redis are measured, which needs a redis-server
 * @param output the folder for JSON and logs
 */
record Arguments(
    List<Suite> suites,
    boolean sessions,
    boolean store,
    Effort effort,
    Choice choice,
    Path output) {
  static final String USAGE =
      """
      usage: bench/run [handshakes|records|tickets|sessions|store]... [--quick] [--peers LIST]
                       [--groups LIST] [--certificates LIST]
        handshakes   in memory, full and resumed: time and allocated bytes of either side
        records      sealing and opening long records of application data
        tickets      sealing and opening sessions, and opening junk
        sessions     memory that remembered sessions take, and how fast they are found
        store        memory that sessions take in Redis, and what its commands cost; only if it
                     is named, since it starts a redis-server
        --quick      one round of short runs with fewer peers, x25519 and ECDSA: ratios within
                     some 10%, for a first look
        --peers      of handshakes, with a comma between: reprise, reprise-jdk (nothing but the
                     JDK's cryptography), sunjsse, sunjsse-corretto, bcjsse, conscrypt, netty
        --groups     of handshakes: x25519, secp256r1
        --certificates   of full handshakes: ecdsa, rsa\
      """;

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Arguments parse(List<String> arguments) {
    List<Suite> suites = new ArrayList<>();
    boolean sessions = false;
    boolean store = false;
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
        case "--peers" -> choice = choice.withPeers(value(argument, rest));
        case "--groups" -> choice = choice.withGroups(value(argument, rest));
        case "--certificates" -> choice = choice.withCertificates(value(argument, rest));
        case "--output" -> output = Path.of(value(argument, rest));
        default -> suites.add(Suite.named(argument));
      }
    }
    boolean all = suites.isEmpty() && !sessions && !store;
    return new Arguments(
        all ? List.of(Suite.values()) : List.copyOf(suites),
        all || sessions,
        store,
        quick ? Effort.QUICK : Effort.USUAL,
        choice,
        output);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
