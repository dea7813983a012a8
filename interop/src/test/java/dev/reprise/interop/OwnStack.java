/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseClient;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/** Reprise. */
final class OwnStack implements Stack {
  /** What a context is made for; groups, suites and versions are set on its engines. */
  private record Use(KeyKind key, ClientProof proof, Tickets tickets) {}

  private enum Tickets {
    SEALED,
    STATEFUL,
    NONE
  }

  private final Map<Use, SSLContext> servers = new ConcurrentHashMap<>();
  private final Map<Use, SSLContext> clients = new ConcurrentHashMap<>();

  @Override
  public SSLEngine server(Cell cell) {
    Use use = new Use(cell.key(), cell.proof(), tickets(cell.mode()));
    SSLContext context = servers.computeIfAbsent(use, OwnStack::serverContext);
    return Stack.restricted(
        context.createSSLEngine(),
        cell,
        List.of(cell.suite()),
        List.of(cell.group().standardName()));
  }

  @Override
  public SSLEngine client(Cell cell, int port) {
    Use use = new Use(cell.key(), cell.proof(), Tickets.SEALED);
    SSLContext context = clients.computeIfAbsent(use, OwnStack::clientContext);
    return Stack.preferring(
        context.createSSLEngine(TestCertificates.SERVER_NAME, port), preferredGroups(cell));
  }

  /** A share is sent of the first, and of the one after the hybrid. */
  private static List<String> preferredGroups(Cell cell) {
    Set<String> names = new LinkedHashSet<>();
    if (cell.mode().retries()) {
      Group other = cell.group() == Group.P256 ? Group.P384 : Group.P256;
      names.add(other.standardName());
    }
    names.add(cell.group().standardName());
    Arrays.stream(Group.values()).map(Group::standardName).forEach(names::add);
    return new ArrayList<>(names);
  }

  private static Tickets tickets(Mode mode) {
    return switch (mode) {
      case FULL, TICKET, TICKET_AFTER_RETRY -> Tickets.SEALED;
      case STATEFUL_TICKET, STATEFUL_TICKET_AFTER_RETRY -> Tickets.STATEFUL;
      case SESSION_ID -> Tickets.NONE;
    };
  }

  private static SSLContext serverContext(Use use) {
    TestIdentity identity = TestCertificates.server(use.key());
    RepriseServer server =
        Reprise.server()
            .identities(List.of(new ServerIdentity(identity.key(), identity.chain())))
            .clientAuthentication(clientAuthentication(use.proof()), trustManager());
    return switch (use.tickets()) {
      case SEALED -> server.build();
      case STATEFUL -> server.statefulTickets(true).build();
      case NONE -> server.withoutTickets().build();
    };
  }

  private static ClientAuthentication clientAuthentication(ClientProof proof) {
    return switch (proof) {
      case NOT_ASKED -> ClientAuthentication.NONE;
      case DECLINED -> ClientAuthentication.WANT;
      case GIVEN -> ClientAuthentication.NEED;
    };
  }

  private static SSLContext clientContext(Use use) {
    RepriseClient client = Reprise.client().trustManager(trustManager());
    return use.proof() == ClientProof.GIVEN
        ? client.keyManager(keyManager(TestCertificates.client(use.key()))).build()
        : client.build();
  }

  static X509TrustManager trustManager() {
    for (TrustManager each : TestCertificates.trustManagers()) {
      if (each instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new AssertionError("the testkit trusts nobody");
  }

  static X509KeyManager keyManager(TestIdentity identity) {
    for (KeyManager each : identity.keyManagers()) {
      if (each instanceof X509KeyManager x509) {
        return x509;
      }
    }
    throw new AssertionError("no key manager for " + identity);
  }
}
