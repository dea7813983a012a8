/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.jsse.HandshakeEvent;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.RepriseSession;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** TLS by Reprise, with the gateway's settings; sessions and ticket keys are its own. */
final class RepriseTls implements TlsTermination {
  private final MemorySessionStore store;
  private final TicketKeys keys;
  private final SSLContext context;

  /**
   * @param running what may change meanwhile
   * @param keys of tickets, which it closes
   * @param refusals hears the reason of each resumption that was refused
   */
  RepriseTls(
      GatewayConfig config,
      RunningSettings running,
      TicketKeys keys,
      InstantSource clock,
      Consumer<String> refusals) {
    ResumptionSettings settings = config.resumption();
    this.keys = keys;
    store = new MemorySessionStore(settings.storeBytes(), clock, new SecureRandom());
    RepriseServer server =
        Reprise.server()
            .identities(running.identities())
            .revocations(running.revocations())
            .protocols(config.protocols())
            .clock(clock)
            .policy(policy(settings))
            .handshakeDeadline(config.timeouts().handshake())
            .sessionStore(store)
            .listener(event -> tellRefusal(event, refusals));
    if (config.clientCertificates().authentication() != ClientAuthentication.NONE) {
      server.clientAuthentication(
          config.clientCertificates().authentication(), running.authorities());
    }
    switch (settings.tickets()) {
      case SEALED -> server.tickets(keys.source());
      case STATEFUL -> server.tickets(keys.source()).statefulTickets(true);
      case NONE -> server.withoutTickets();
    }
    context = server.build();
  }

  @Override
  public SSLEngine newEngine() {
    return context.createSSLEngine();
  }

  @Override
  public HandshakeReport report(SSLSession session) {
    String protocol = session.getProtocol();
    String suite = session.getCipherSuite();
    String id = session instanceof RepriseSession ours ? ours.revocationId() : "";
    return switch (Reprise.outcome(session)) {
      case ResumptionOutcome.Resumed resumed ->
          HandshakeReport.resumed(
              protocol,
              suite,
              resumed.mechanism().wireName(),
              resumed.keyName(),
              resumed.age().toSeconds(),
              id);
      case ResumptionOutcome.Full full ->
          HandshakeReport.full(protocol, suite, full.reason().name(), full.keyName(), id);
      case ResumptionOutcome.Refused _ ->
          throw new IllegalStateException("a refused handshake is never complete");
      case null -> throw new IllegalStateException("not a session of Reprise");
    };
  }

  @Override
  public void tidy() {
    store.sweep();
    // Keys are renewed, and dead ones wiped, by whoever asks for them.
    keys.source().ring();
  }

  @Override
  public void close() {
    keys.close();
    store.close();
  }

  static ResumptionPolicy policy(ResumptionSettings settings) {
    return ResumptionPolicy.DEFAULT.withTimes(settings.rotateEvery(), settings.ticketLifetime());
  }

  private static void tellRefusal(HandshakeEvent event, Consumer<String> refusals) {
    if (event.outcome() instanceof ResumptionOutcome.Refused refused) {
      refusals.accept(refused.reason().name());
    }
  }
}
