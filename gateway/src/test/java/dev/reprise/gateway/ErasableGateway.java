/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.jsse.ServerIdentity;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * A process with two gateways, one that seals tickets and one that keeps sessions in memory, which
 * says on request what its ticket keys are and can be told that time has passed.
 */
final class ErasableGateway {
  /** What the keys are told xored with, so that telling leaves no copy of them. */
  static final int MASK = 0xa5;

  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);
  private static final AtomicInteger TIDIED = new AtomicInteger();

  private ErasableGateway() {}

  public static void main(String[] args) throws Exception {
    InstantSource clock = () -> Instant.now().plus(AHEAD.get());
    ServerIdentity identity = DevelopmentCertificate.create(clock, new SecureRandom());
    Watched sealing = new Watched(SessionTickets.SEALED, identity, clock);
    Watched storing = new Watched(SessionTickets.NONE, identity, clock);
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    try (Gateway first = Gateway.start(sealing.config, sealing);
        Gateway second = Gateway.start(storing.config, storing)) {
      out.println(first.address().port() + " " + second.address().port());
      BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        answer(line, sealing, out);
      }
    }
  }

  private static void answer(String command, Watched sealing, PrintStream out) throws Exception {
    switch (command) {
      case "keys" -> sealing.tellKeys(out);
      case "tidied" -> out.println(TIDIED.get());
      default -> {
        Duration step = Duration.parse(command);
        out.println(AHEAD.updateAndGet(before -> before.plus(step)));
      }
    }
  }

  /** The TLS of a gateway, which counts how often it was tidied. */
  private static final class Watched implements TlsTermination {
    private final GatewayConfig config;
    private final TicketKeys keys;
    private final RepriseTls tls;

    Watched(SessionTickets tickets, ServerIdentity identity, InstantSource clock)
        throws ConfigurationException {
      config =
          Peers.config()
              .resumption(
                  new ResumptionSettings(
                      tickets, 1 << 20, Duration.ofHours(6), Duration.ofHours(6)))
              .build();
      OwnMemory memory = OwnMemory.of(config, clock);
      keys = memory.keys();
      tls =
          new RepriseTls(
              config,
              RunningSettings.of(config, List.of(identity), config.resumption(), clock),
              memory,
              _ -> {});
    }

    /** Each live key on a line: its name, and its secret under {@link #MASK}. */
    void tellKeys(PrintStream out) throws Exception {
      // Not asked for its ring: who asks for it renews it.
      Object snapshot = read(read(keys.source(), "source"), "snapshot");
      Method ring = snapshot.getClass().getDeclaredMethod("ring");
      ring.setAccessible(true);
      StringBuilder line = new StringBuilder();
      for (Stek key : ((StekRing) ring.invoke(snapshot)).keys()) {
        line.append(key.keyName()).append(' ');
        for (int i = 0; i < key.secret().length(); i++) {
          line.append(
              Integer.toString(0x100 | ((key.secret().reveal()[i] ^ MASK) & 0xff), 16), 1, 3);
        }
        line.append(' ');
      }
      out.println(line);
    }

    private static Object read(Object object, String name) throws Exception {
      Field field = object.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    }

    @Override
    public SSLEngine newEngine() {
      return tls.newEngine();
    }

    @Override
    public HandshakeReport report(SSLSession session, Duration handshake) {
      return tls.report(session, handshake);
    }

    @Override
    public void tidy() {
      tls.tidy();
      TIDIED.incrementAndGet();
    }

    @Override
    public void close() {
      tls.close();
    }
  }
}
