/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Up to a thousand clients with a ticket each come back to a node that was started anew: nothing of
 * the one before is left but its files.
 */
class RestartTest {
  private static final TestIdentity SERVER = TestCertificates.server(KeyKind.ECDSA_P256);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"TLSv1.3, 1000", "TLSv1.2, 100"})
  void withoutSharedKeysNobodyResumes(String version, int count) throws Exception {
    List<SSLContext> clients = clients(count);
    assertEquals(Map.of(), outcomes(clients, node(null), version).resumed());
    Tally tally = outcomes(clients, node(null), version);
    assertEquals(Map.of(), tally.resumed());
    assertEquals(Map.of(MissReason.UNKNOWN_KEY, count), tally.missed());
  }

  @ParameterizedTest
  @CsvSource({
    "NGINX, 48, TLSv1.3, 1000",
    "NGINX, 80, TLSv1.2, 100",
    "HAPROXY, 48, TLSv1.3, 100",
    "HAPROXY, 80, TLSv1.2, 100",
    "HTTPD, 48, TLSv1.3, 100",
    "ENVOY, 80, TLSv1.3, 100"
  })
  void withTheSameFilesEverybodyDoes(KeyFileFormat format, int length, String version, int count)
      throws Exception {
    List<SSLContext> clients = clients(count);
    KeyFiles files = write(format, length);
    try (TicketKeyFiles before = open(files)) {
      assertEquals(Map.of(), outcomes(clients, node(before), version).resumed());
    }
    try (TicketKeyFiles after = open(files)) {
      String keyName = sealing(after);
      Tally tally = outcomes(clients, node(after), version);
      assertEquals(Map.of(keyName, count), tally.resumed(), tally.missed().toString());
    }
    if (format != KeyFileFormat.HTTPD) {
      acrossARotation(clients, files, length, version);
    }
  }

  /** One node rotates while it runs, the next one starts with the rotated files. */
  private void acrossARotation(List<SSLContext> clients, KeyFiles files, int length, String version)
      throws Exception {
    TicketKeyFiles running = open(files);
    String old = sealing(running);
    rotate(files, length);
    running.look();
    running.look();
    String current = sealing(running);
    Tally tally = outcomes(clients, node(running), version);
    assertEquals(Map.of(old, clients.size()), tally.resumed(), tally.missed().toString());
    running.close();
    try (TicketKeyFiles after = open(files)) {
      Tally renewed = outcomes(clients, node(after), version);
      assertEquals(Map.of(current, clients.size()), renewed.resumed(), renewed.missed().toString());
    }
  }

  @Test
  void aKeyThatLeavesTheFilesOpensNothing() throws Exception {
    List<SSLContext> clients = clients(10);
    KeyFiles files = write(KeyFileFormat.HTTPD, 48);
    try (TicketKeyFiles keys = open(files)) {
      SSLContext node = node(keys);
      outcomes(clients, node, "TLSv1.3");
      assertEquals(Map.of(sealing(keys), 10), outcomes(clients, node, "TLSv1.3").resumed());
      Keys.write(files.paths().getFirst(), Keys.random(99, 48));
      keys.look();
      keys.look();
      assertEquals(Map.of(MissReason.KEY_EXPIRED, 10), outcomes(clients, node, "TLSv1.3").missed());
    }
  }

  private KeyFiles write(KeyFileFormat format, int length) throws Exception {
    if (format == KeyFileFormat.HAPROXY) {
      Path path = directory.resolve("keys");
      return Keys.files(format, Keys.write(path, Keys.lines(length, 1, 2, 3)));
    }
    Path first = Keys.write(directory.resolve("first"), Keys.random(1, length));
    return format.severalFiles()
        ? Keys.files(format, first, Keys.write(directory.resolve("old"), Keys.random(2, length)))
        : Keys.files(format, first);
  }

  private static void rotate(KeyFiles files, int length) throws Exception {
    Path first = files.paths().getFirst();
    if (files.format() == KeyFileFormat.HAPROXY) {
      Files.writeString(first, Keys.lines(length, 1, 2, 3, 4));
    } else {
      Files.move(first, files.paths().get(1), StandardCopyOption.ATOMIC_MOVE);
      Keys.write(first, Keys.random(3, length));
    }
  }

  private static TicketKeyFiles open(KeyFiles files) throws KeyFileException {
    return new TicketKeyFiles(files, InstantSource.system(), Duration.ofHours(12), _ -> {});
  }

  private static String sealing(TicketKeyFiles keys) {
    long now = InstantSource.system().millis();
    return Objects.requireNonNull(keys.ring().issuing(now)).keyName();
  }

  private static SSLContext node(@Nullable StekSource keys) {
    RepriseServer server =
        Reprise.server().identities(List.of(new ServerIdentity(SERVER.key(), SERVER.chain())));
    return keys == null ? server.build() : server.tickets(keys).build();
  }

  private static List<SSLContext> clients(int count) {
    X509TrustManager trust = (X509TrustManager) TestCertificates.trustManagers()[0];
    return Stream.generate(() -> Reprise.client().trustManager(trust).build())
        .limit(count)
        .toList();
  }

  private record Tally(Map<String, Integer> resumed, Map<MissReason, Integer> missed) {}

  private static Tally outcomes(List<SSLContext> clients, SSLContext node, String version)
      throws Exception {
    Tally tally = new Tally(new HashMap<>(), new EnumMap<>(MissReason.class));
    for (SSLContext client : clients) {
      EnginePair pair = EnginePair.between(client, node, TestCertificates.SERVER_NAME);
      pair.client().setEnabledProtocols(new String[] {version});
      pair.handshake();
      switch (Reprise.outcome(pair.server().getSession())) {
        case ResumptionOutcome.Resumed resumed ->
            tally.resumed().merge(String.valueOf(resumed.keyName()), 1, Integer::sum);
        case ResumptionOutcome.Full full -> tally.missed().merge(full.reason(), 1, Integer::sum);
        case ResumptionOutcome.Refused refused -> throw new AssertionError(refused);
        case null -> throw new AssertionError("no outcome");
      }
      pair.close(Side.CLIENT);
    }
    return tally;
  }
}
