/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.interop.Version;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our client, and a peer's server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerPeerTest {
  private static final byte[] SHORT = Content.of(4 * Content.LINE);
  private static final byte[] LONG = Content.of(Content.MEBIBYTE);
  private static final String PROTOCOL = "http/1.1";

  private final Findings findings;
  private final Limits limits;

  ServerPeerTest(Peer peer, Limits limits) {
    this.findings = new Findings(peer, Findings.Side.SERVER);
    this.limits = limits;
  }

  /** Makes a server for one trial. */
  abstract PeerServer start(Setup setup, Path directory) throws Exception;

  /** How it resumes if nothing is said about it; null if it does not. */
  @Nullable Mechanism usual(Version version) {
    return Mechanism.TICKET;
  }

  /** As the run sees it. */
  abstract String version() throws Exception;

  Stream<Trial> trials() {
    return limits.rest().stream();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void does(Trial trial, @TempDir Path directory) throws Exception {
    Setup setup = Setup.of(trial);
    SSLContext client = OwnContexts.client(setup);
    try (PeerServer server = start(setup, directory)) {
      switch (trial.feature()) {
        case FULL -> visit(client, server, setup, null);
        case SESSION_ID -> visitTwice(client, server, setup, Mechanism.SESSION_ID);
        // Whether a ticket is sealed only the server knows.
        case TICKET, STATEFUL_TICKET -> visitTwice(client, server, setup, Mechanism.TICKET);
        case RETRY, CERTIFICATE, ALPN -> visitTwice(client, server, setup, usual(trial.version()));
        case DATA -> moves(client, server);
        case CLOSE -> closes(client, server);
        case CUT -> survives(client, server, setup);
      }
    }
    findings.held(trial);
  }

  @AfterAll
  void write() throws Exception {
    findings.write(getClass(), limits, version());
  }

  private static void visitTwice(
      SSLContext client, PeerServer server, Setup setup, @Nullable Mechanism mechanism)
      throws IOException {
    visit(client, server, setup, null);
    visit(client, server, setup, mechanism);
  }

  /**
   * @param mechanism null for a full handshake
   */
  private static void visit(
      SSLContext client, PeerServer server, Setup setup, @Nullable Mechanism mechanism)
      throws IOException {
    try (Link link = open(client, server)) {
      assertEquals(setup.version().jsseName(), link.session().getProtocol());
      assertEquals(
          TestCertificates.server(KeyKind.ECDSA_P256).certificate(),
          link.session().getPeerCertificates()[0]);
      assertEquals(setup.retry(), link.retried(), "a HelloRetryRequest on the wire");
      assertEquals(setup.alpn() ? PROTOCOL : "", link.applicationProtocol());
      assertOutcome(mechanism, link.outcome());
      assertEquals(Content.sha256(SHORT), Content.sha256(server.exchange(link, SHORT)));
      link.finish();
    }
    server
        .told()
        .confirm(
            mechanism != null,
            setup.certificates() ? "client.example" : null,
            setup.alpn() ? PROTOCOL : null);
  }

  private static void assertOutcome(@Nullable Mechanism mechanism, ResumptionOutcome outcome) {
    if (mechanism == null) {
      assertEquals(new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null), outcome);
    } else {
      assertEquals(
          mechanism, assertInstanceOf(ResumptionOutcome.Resumed.class, outcome).mechanism());
    }
  }

  private static void moves(SSLContext client, PeerServer server) throws IOException {
    try (Link link = open(client, server)) {
      assertEquals(Content.sha256(LONG), Content.sha256(server.exchange(link, LONG)));
    }
  }

  private static void closes(SSLContext client, PeerServer server) throws IOException {
    try (Link link = open(client, server)) {
      link.finish();
      Link.End wanted = server.answersClose() ? Link.End.CLOSE_NOTIFY : Link.End.CUT;
      assertEquals(wanted, link.awaitEnd(), "after ours");
    }
    try (Link link = open(client, server)) {
      if (server.letClose(link)) {
        assertEquals(Link.End.CLOSE_NOTIFY, link.awaitEnd(), "before ours");
      }
    }
  }

  /** Cuts off, finds the server well, and is cut off. */
  private void survives(SSLContext client, PeerServer server, Setup setup) throws IOException {
    try (Link link = open(client, server)) {
      assertEquals(SHORT.length, server.exchange(link, SHORT).length);
    }
    try (Link link = open(client, server)) {
      assertEquals(setup.version().jsseName(), link.session().getProtocol());
      // A cut costs no session (RFC 5246, Section 7.2.1).
      assertOutcome(usual(setup.version()), link.outcome());
      server.cut();
      assertEquals(Link.End.CUT, link.awaitEnd());
    }
  }

  private static Link open(SSLContext client, PeerServer server) throws IOException {
    return Link.connect(client.createSSLEngine(TestCertificates.SERVER_NAME, server.port()));
  }
}
