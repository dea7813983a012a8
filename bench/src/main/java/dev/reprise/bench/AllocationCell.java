/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Prints what each side of each handshake allocates, in bytes. Run in a JVM whose compiler removes
 * no allocation, the figures are the same at every run.
 */
final class AllocationCell {
  private static final int WARM_UP = 60;
  private static final int MEASURED = 61;
  private static final int FIRST_PORT = 1024;

  private final Scenario scenario;
  private final Group group;
  private final Contexts contexts;
  private final Wire wire = Wire.onHeap();
  private final long[] server = new long[MEASURED];
  private final long[] client = new long[MEASURED];
  private int port = FIRST_PORT;

  private AllocationCell(Scenario scenario, Group group) {
    this.scenario = scenario;
    this.group = group;
    PinnedTrust trust = new PinnedTrust(Certificate.ECDSA.identity().certificate());
    this.contexts = Peer.REPRISE.contexts(scenario.under(group, Certificate.ECDSA), trust);
  }

  public static void main(String[] arguments) throws SSLException {
    for (Scenario scenario : Scenario.values()) {
      new AllocationCell(scenario, Group.X25519).run();
    }
    for (Group group : List.of(Group.SECP256R1, Group.X25519MLKEM768)) {
      new AllocationCell(Scenario.TLS13_FULL, group).run();
      new AllocationCell(Scenario.TLS13_TICKET, group).run();
    }
  }

  private void run() throws SSLException {
    for (int i = 0; i < WARM_UP; i++) {
      connect();
    }
    for (int i = 0; i < MEASURED; i++) {
      MeasuredPair pair = connect();
      server[i] = pair.server().cost().bytes();
      client[i] = pair.client().cost().bytes();
    }
    tell("server", server);
    tell("client", client);
  }

  private MeasuredPair connect() throws SSLException {
    if (!scenario.isResumed()) {
      port++;
    }
    MeasuredPair pair = MeasuredPair.start(contexts, port, wire);
    pair.finish();
    pair.close();
    return pair;
  }

  /** The median: now and then a table grows. */
  private void tell(String side, long[] bytes) {
    Arrays.sort(bytes);
    String kind = Choice.title(scenario) + (group == Group.X25519 ? "" : "-" + Choice.title(group));
    System.out.println(kind + "." + side + "=" + bytes[MEASURED / 2]);
  }
}
