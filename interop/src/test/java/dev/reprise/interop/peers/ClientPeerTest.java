/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.interop.Version;
import dev.reprise.interop.peers.OwnServer.Manner;
import dev.reprise.interop.peers.OwnServer.Seen;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer's client, and our server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientPeerTest {
  private static final byte[] SHORT = Content.of(4 * Content.LINE);
  private static final byte[] LONG = Content.of(Content.MEBIBYTE);

  private final Findings findings;
  private final Limits limits;

  ClientPeerTest(Peer peer, Limits limits) {
    this.findings = new Findings(peer, Findings.Side.CLIENT);
    this.limits = limits;
  }

  /**
   * Connects {@code times} times, offering what was left by the times before, and asks each time.
   */
  abstract ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws Exception;

  /** As the run sees it. */
  abstract String version() throws Exception;

  /** Whether it resumes if nothing is said about it. */
  boolean resumes(Version version) {
    return true;
  }

  /** How it resumes, as we see it. */
  Mechanism mechanism(Setup setup) {
    return switch (setup.tickets()) {
      case SEALED -> Mechanism.TICKET;
      case STATEFUL -> Mechanism.STATEFUL_TICKET;
      case NONE -> Mechanism.SESSION_ID;
    };
  }

  /** How it ends a connection after our close_notify. */
  Link.End endsWith() {
    return Link.End.CLOSE_NOTIFY;
  }

  Stream<Trial> trials() {
    return limits.rest().stream();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void does(Trial trial, @TempDir Path directory) throws Exception {
    Setup setup = Setup.of(trial);
    switch (trial.feature()) {
      case FULL -> visits(setup, 1, SHORT, directory);
      case SESSION_ID, TICKET, STATEFUL_TICKET, RETRY, CERTIFICATE, ALPN ->
          visits(setup, 2, SHORT, directory);
      case DATA -> visits(setup, 1, LONG, directory);
      case CLOSE -> closes(setup, directory);
      case CUT -> notices(setup, directory);
    }
    findings.held(trial);
  }

  @AfterAll
  void write() throws Exception {
    findings.write(getClass(), limits, version());
  }

  private void visits(Setup setup, int times, byte[] body, Path directory) throws Exception {
    try (OwnServer server = new OwnServer(OwnContexts.server(setup), Manner.ANSWERS)) {
      ClientReport report = connect(setup, server.port(), body, times, directory);
      List<Seen> seen = server.seen(times);
      for (Seen each : seen) {
        assertEquals(setup.version().jsseName(), each.version());
        assertEquals(setup.retry(), each.retried(), "a HelloRetryRequest on the wire");
        assertEquals(setup.alpn() ? "http/1.1" : "", each.protocol());
        assertEquals(setup.certificates() ? "client.example" : null, each.client());
      }
      assertInstanceOf(ResumptionOutcome.Full.class, seen.getFirst().outcome());
      boolean resumed = times > 1 && resumes(setup.version());
      if (resumed) {
        var outcome = assertInstanceOf(ResumptionOutcome.Resumed.class, seen.getLast().outcome());
        assertEquals(mechanism(setup), outcome.mechanism());
      }
      assertEquals(Content.sha256(body), seen.getLast().body(), "what we were sent");
      report.confirm(body, resumed ? 1 : 0, setup.alpn());
    }
  }

  private void closes(Setup setup, Path directory) throws Exception {
    try (OwnServer server = new OwnServer(OwnContexts.server(setup), Manner.ANSWERS)) {
      ClientReport report = connect(setup, server.port(), SHORT, 1, directory);
      report.confirm(SHORT, 0, false);
      Link.@Nullable End end = server.seen(1).getFirst().end();
      assertEquals(endsWith(), end);
    }
  }

  /** An answer that is cut off may not look whole. */
  private void notices(Setup setup, Path directory) throws Exception {
    try (OwnServer server = new OwnServer(OwnContexts.server(setup), Manner.CUTS)) {
      ClientReport report = connect(setup, server.port(), LONG, 1, directory);
      assertTrue(report.complained(), report::toString);
    }
  }
}
